/** A value that tells its listeners when it became another one. */
export interface Subscribable<Value> {
  readonly get: () => Value
  readonly set: (value: Value) => void
  /** @returns its unsubscribe */
  readonly subscribe: (listener: () => void) => () => void
}

export function createSubscribable<Value>(initial: Value): Subscribable<Value> {
  const listeners = new Set<{ readonly call: () => void }>()
  let current = initial
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return
      current = value
      for (const listener of [...listeners]) listener.call()
    },
    subscribe: (call) => {
      // An entry of its own, so that one function subscribed twice is two subscriptions.
      const entry = { call }
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
  }
}
