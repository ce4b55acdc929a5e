import type { Front } from './front.js'

/** How long after a failed load of what keeps a session alive it is tried again (ms). */
const RELOAD_PAUSE = 5000

/** Off the critical path: a session is shown first, and then what refreshes it and hears the other tabs is loaded. */
export function keepAlive(front: Front): void {
  const { tab, requireLife } = front
  if (tab.session === null || front.isDisposed) return
  requireLife().then(
    (life) => life.watch(),
    () => {
      front.cancelReload()
      front.cancelReload = tab.environment.setTimer(() => keepAlive(front), RELOAD_PAUSE)
    },
  )
}
