import { useSyncExternalStore } from 'react'

const SECOND = 1000

/** The device's clock in whole seconds, rounded up, as ms since the epoch: a value per second, as a render wants it. */
export function useNow(): number {
  return useSyncExternalStore(subscribeSecond, getSecond)
}

function getSecond(): number {
  return Math.ceil(Date.now() / SECOND) * SECOND
}

function subscribeSecond(listener: () => void): () => void {
  const timer = setInterval(listener, SECOND)
  return () => clearInterval(timer)
}
