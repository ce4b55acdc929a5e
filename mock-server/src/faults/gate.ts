import type { Answer } from '../pipeline/answer.js'
import type { EndpointName } from '../pipeline/exchange.js'
import type { Wait } from '../wait.js'
import type { FollowingFault } from './fault.js'

/** A gate at which requests wait for one another. */
export interface Gate {
  /** Waits until enough have come, or long enough. Once the gate is open nobody waits. */
  pass(signal: AbortSignal): Promise<void>
  /** Lets everybody through, now and later. */
  open(): void
}

/**
 * A gate that opens when `hold` requests are at it, when it is told, or `milliseconds` after the first: a client that sends one
 * request for all its tabs must not wait for ever.
 */
export function createGate(hold: number, milliseconds: number, wait: Wait): Gate {
  let waiting: (() => void)[] = []
  let isOpen = false
  const open = (): void => {
    isOpen = true
    const released = waiting
    waiting = []
    for (const release of released) release()
  }
  return {
    open,
    pass: async (signal) => {
      if (isOpen) return
      if (waiting.length + 1 >= hold) {
        open()
        return
      }
      const released = new Promise<void>((resolve) => waiting.push(resolve))
      const timeOver = new AbortController()
      const patience = wait(milliseconds, AbortSignal.any([signal, timeOver.signal])).then(open, open)
      await Promise.race([released, patience])
      timeOver.abort()
    },
  }
}

/** The second part of a fault: the next answer of an endpoint opens the gate as it leaves. */
export function opening(gate: Gate, endpoint: EndpointName): FollowingFault<'transport'> {
  const change = (answer: Answer): Answer => {
    gate.open()
    return answer
  }
  return { stage: 'transport', scope: { endpoint }, times: 1, change }
}
