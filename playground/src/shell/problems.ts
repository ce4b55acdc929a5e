import type { SpatioAuth } from '@spatio-labs/auth'
import type { DemoContext } from '../demo-app'

/** What went wrong, of the client or of what a button started. */
export interface Problems {
  readonly attempt: DemoContext['attempt']
  /** What is to be shown; null when there is nothing, or nothing new. */
  readonly get: () => unknown
  readonly dismiss: () => void
  /** @returns its unsubscribe */
  readonly subscribe: (listener: () => void) => () => void
}

export function createProblems(auth: Pick<SpatioAuth, 'getSnapshot' | 'subscribe'>): Problems {
  const listeners = new Set<() => void>()
  let actionError: unknown = null
  let dismissed: unknown = null
  const notify = (): void => listeners.forEach((listener) => listener())
  const report = (error: unknown): void => {
    actionError = error
    notify()
  }
  auth.subscribe(notify)
  return {
    attempt: async (run) => {
      const { isAuthenticated } = auth.getSnapshot()
      report(null)
      try {
        await run()
      } catch (error) {
        // What failed because the session ended needs no banner: the view that replaces this one says why.
        if (!isAuthenticated || auth.getSnapshot().isAuthenticated) report(error)
      }
    },
    get: () => {
      const error = actionError ?? auth.getSnapshot().error
      return error === dismissed ? null : error
    },
    dismiss: () => {
      dismissed = auth.getSnapshot().error
      report(null)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
