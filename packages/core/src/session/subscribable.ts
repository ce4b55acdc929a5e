import { keepEqual } from './keep-equal.js'
import { createListeners } from './listeners.js'

/** A value that tells its listeners when it became another one. */
export interface Subscribable<Value> {
  readonly get: () => Value
  /** Freezes and keeps it, unless it says the same as the one before. @returns whether it is kept */
  readonly set: (value: Value) => boolean
  /** @returns its unsubscribe */
  readonly subscribe: (listener: () => void) => () => void
}

export function createSubscribable<Value>(initial: Value): Subscribable<Value> {
  const listeners = createListeners<undefined>()
  let current = initial
  return {
    get: () => current,
    set: (value) => {
      if (keepEqual(current, value) === current) return false
      current = Object.freeze(value)
      listeners.tell(undefined)
      return true
    },
    subscribe: listeners.add,
  }
}
