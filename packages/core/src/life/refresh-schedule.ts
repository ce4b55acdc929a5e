import { refreshLead } from '../session/refresh-lead.js'
import type { ClientContext } from './client-context.js'
import type { Refresher } from './refresher.js'

/** Scheduled refreshes are at least this far apart (ms), whatever lifetimes the authority gives. */
const SHORTEST_PAUSE = 10_000

export interface RefreshSchedule {
  /** Sets the timer anew, after anything that changed when the next refresh is due. */
  readonly plan: () => void
  readonly close: () => void
}

/**
 * Refreshes ahead of expiry while the tab is visible; a hidden tab refreshes on demand. A timer is only a
 * hint: the browser throttles and freezes them, so every sign of life looks at the clocks again.
 */
export function createRefreshSchedule(context: ClientContext, refresher: Refresher): RefreshSchedule {
  const { environment, store, emit } = context
  let cancel: () => void = () => undefined
  let lastRun = -Infinity

  const run = (): void => {
    if (!environment.isVisible() || store.current() === null) return
    lastRun = environment.monotonic()
    void refresher.refresh('schedule').catch(() => undefined)
  }

  const plan = (): void => {
    cancel()
    cancel = () => undefined
    const delay = dueIn(context, refresher, lastRun)
    if (delay === null || !environment.isVisible() || context.isDisposed()) return
    cancel = environment.setTimer(run, delay)
    emit('refresh_scheduled', { dueAt: environment.now() + delay })
  }

  const wake = (event: Event): void => {
    refresher.resume()
    if (event.type === 'online') lastRun = -Infinity
    void store.sync((event as PageTransitionEvent).persisted).then(plan)
  }

  const unlisten = (['visibilitychange', 'pageshow', 'online', 'focus'] as const).map((type) =>
    environment.listen(type, wake),
  )
  return {
    plan,
    close: () => {
      cancel()
      for (const stop of unlisten) stop()
    },
  }
}

/** ms until the next scheduled look at the session; null when there is nothing to wait for. */
function dueIn(
  { environment, store, options }: ClientContext,
  refresher: Refresher,
  lastRun: number,
): number | null {
  const session = store.current()
  const remaining = store.remaining()
  if (session === null || remaining === null) return null
  // Nothing to refresh with: the session ends when the token does.
  if (session.refreshToken === null || refresher.isRejected()) return remaining
  const now = environment.monotonic()
  const pausedUntil = refresher.pausedUntil()
  if (pausedUntil !== null) return Math.max(0, pausedUntil - now)
  return Math.max(0, remaining - refreshLead(session, options.refreshBefore), lastRun + SHORTEST_PAUSE - now)
}
