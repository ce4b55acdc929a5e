import { createListeners } from '../session/listeners.js'
import type { Emit, SpatioAuthEvent, SpatioAuthEventType } from '../events.js'

type Listener = (event: SpatioAuthEvent) => void

export interface EventHub {
  readonly emit: Emit
  /** @returns its unsubscribe */
  readonly on: (type: SpatioAuthEventType | '*', listener: Listener) => () => void
}

/** Hands events to their listeners; one that throws stops neither the others nor the client. */
export function createEventHub(now: () => number): EventHub {
  const listeners = createListeners<SpatioAuthEvent>()
  return {
    emit: (type, detail) =>
      listeners.tell(Object.freeze({ type, at: now(), ...detail }) as unknown as SpatioAuthEvent),
    on: (type, listener) =>
      listeners.add((event) => {
        if (type !== '*' && type !== event.type) return
        try {
          listener(event)
        } catch (error) {
          // Node has none.
          globalThis.reportError?.(error)
        }
      }),
  }
}
