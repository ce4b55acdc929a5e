import type { SpatioAuthError } from '../errors.js'
import type { Front } from './front.js'

/** How long after a failed load of what keeps a session alive it is tried again (ms). */
const RELOAD_PAUSE = 5000

/** Off the critical path: a session is shown first, and then what refreshes it and hears the other tabs is loaded. */
export function keepAlive(front: Front): void {
  if (front.isDisposed) return
  front.requireLife().then(
    (life) => life.watch(),
    ({ retryable, code }: SpatioAuthError) => {
      // Options that cannot work: no later load changes that.
      if (!retryable) return front.emit('warning', { code })
      front.cancelReload?.()
      front.cancelReload = front.tab.environment.setTimer(() => keepAlive(front), RELOAD_PAUSE)
    },
  )
}
