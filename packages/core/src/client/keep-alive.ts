import type { SpatioAuthError } from '../errors.js'
import type { Front } from './front.js'

/** How long after a failed load of what keeps a session alive it is tried again (ms). */
const RELOAD_PAUSE = 5000

/**
 * Off the critical path: a session is shown first, and then, in a task of its own, what refreshes it and hears the
 * other tabs is loaded.
 */
export function keepAlive(front: Front, pause = 0): void {
  front.cancelReload?.()
  front.cancelReload = front.tab.environment.setTimer(() => {
    front.requireLife().then(
      (life) => life.watch(),
      ({ retryable, code }: SpatioAuthError) => {
        if (retryable) keepAlive(front, RELOAD_PAUSE)
        // Options that cannot work: no later load changes that. Of a disposed client nothing is told.
        else front.emit('warning', { code })
      },
    )
  }, pause)
}
