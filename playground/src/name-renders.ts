/** A number that grows. */
interface Counter {
  readonly get: () => number
  readonly add: () => void
  /** @returns its unsubscribe */
  readonly subscribe: (listener: () => void) => () => void
}

/** How often the leaf that shows the name rendered in this page: a refresh must not add to it. */
export const nameRenders: Counter = createCounter()

function createCounter(): Counter {
  const listeners = new Set<() => void>()
  let count = 0
  return {
    get: () => count,
    add: () => {
      count += 1
      // The counted commit must be over before whoever shows the count renders.
      queueMicrotask(() => listeners.forEach((listener) => listener()))
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
