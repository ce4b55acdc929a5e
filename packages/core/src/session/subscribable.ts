import { createListeners } from './listeners.js'

/** A value that tells its listeners when it became another one. */
export interface Subscribable<Value> {
  readonly get: () => Value
  readonly set: (value: Value) => void
  /** @returns its unsubscribe */
  readonly subscribe: (listener: () => void) => () => void
}

export function createSubscribable<Value>(initial: Value): Subscribable<Value> {
  const listeners = createListeners<undefined>()
  let current = initial
  return {
    get: () => current,
    set: (value) => {
      if (value === current) return
      current = value
      listeners.tell(undefined)
    },
    subscribe: listeners.add,
  }
}
