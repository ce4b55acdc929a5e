import type { Emit, SpatioAuthEvent, SpatioAuthEventType } from '../events.js'

type Listener = (event: SpatioAuthEvent) => void

export interface EventHub {
  readonly emit: Emit
  /** @returns its unsubscribe */
  readonly on: (type: SpatioAuthEventType | '*', listener: Listener) => () => void
}

/** Hands events to their listeners; one that throws stops neither the others nor the client. */
export function createEventHub(now: () => number): EventHub {
  const listeners = new Set<{ readonly type: SpatioAuthEventType | '*'; readonly listener: Listener }>()
  return {
    emit: (type, detail) => {
      if (listeners.size === 0) return
      const event = Object.freeze({ type, at: now(), ...detail }) as unknown as SpatioAuthEvent
      for (const entry of [...listeners]) {
        if (entry.type !== '*' && entry.type !== type) continue
        try {
          entry.listener(event)
        } catch (error) {
          if ('reportError' in globalThis) reportError(error)
        }
      }
    },
    on: (type, listener) => {
      const entry = { type, listener }
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
  }
}
