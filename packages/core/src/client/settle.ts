import { SpatioAuthError } from '../errors.js'
import type { AuthState } from '../session/auth-state.js'
import { remaining } from '../session/stored-session.js'
import { withDeadline } from './deadline.js'
import { restore, sync, toOrphanedError, type Front } from './front.js'
import { loadRelay } from './load-chunks.js'
import type { StateView } from './state-view.js'

/** How long after a failed load of what keeps a session alive it is tried again (ms). */
const RELOAD_PAUSE = 5000

/** Finishes a callback or restores the session; settles within `readyTimeout` and never rejects. */
export async function settle(start: () => Front, view: StateView): Promise<AuthState> {
  let front: Front
  try {
    front = start()
  } catch (error) {
    return view.toError(toKnown(error))
  }
  const { environment, options } = front.tab
  front.work ??= resume(front).finally(() => (front.work = null))
  await withDeadline(environment, options.readyTimeout, front.work, () => showLate(front))
  return view.state.get()
}

async function resume(front: Front): Promise<void> {
  const { tab } = front
  const { generation } = tab
  try {
    // Nothing but that: no restore, no timer, and `loading` until the window is gone, which is soon or never.
    if (front.isRelay) return await loadRelay()
    // A client that starts again knows its session, but may have missed what other tabs did.
    if (tab.session === null) await restore(front)
    else await sync(front)
    // Signed out before anything was restored.
    if (generation !== tab.generation) return
    if (needsLife(front)) await resumeWithLife(front)
    else showRestored(front)
    front.callback = null
  } catch (error) {
    const known = front.isRelay ? toOrphanedError() : toKnown(error)
    // An interrupted callback is kept for `retry()`: its code was not sent.
    if (!known.retryable) front.callback = null
    showFailed(front, known)
  }
  keepAlive(front)
}

/** Whether more has to happen than to show what is stored. */
function needsLife({ tab, view, callback }: Front): boolean {
  const { session, options } = tab
  if (callback !== null) return true
  if (session === null) return options.silentOnLoad !== 'off' && view.state.get().status === 'loading'
  return options.idleTimeout !== undefined || remaining(tab) === 0
}

async function resumeWithLife(front: Front): Promise<void> {
  const { generation } = front.tab
  // Both at once: what is left to do speaks to the authority.
  void front.loadEngine().catch(() => undefined)
  front.isAsking = front.callback === null && front.tab.session === null
  try {
    const life = await front.requireLife()
    if (generation === front.tab.generation) await life.resume()
  } finally {
    front.isAsking = false
  }
}

function showRestored({ tab, view }: Front): void {
  if (tab.session !== null) view.showSession(tab.session, null)
  // A sign-out that came first has said why.
  else if (view.state.get().status !== 'unauthenticated') view.showSignedOut('initial')
}

function showFailed({ tab, view, isDisposed }: Front, error: SpatioAuthError): void {
  if (isDisposed) return
  if (tab.session === null) view.showError(error)
  else view.showSession(tab.session, error)
}

/** Off the critical path: a session is shown first, and then what refreshes it and hears the other tabs is loaded. */
function keepAlive(front: Front): void {
  const { tab, stops } = front
  if (tab.session === null || front.isDisposed) return
  front.requireLife().then(
    (life) => life.watch(),
    () => void stops.push(tab.environment.setTimer(() => keepAlive(front), RELOAD_PAUSE)),
  )
}

/** Time is up: what is known so far is shown, and the work goes on and may still mend it. */
function showLate(front: Front): void {
  const { tab, view, isAsking, isRelay } = front
  if (front.isDisposed || view.state.get().status !== 'loading') return
  if (isAsking) return view.showSignedOut('initial')
  const retryable = true
  if (tab.session === null)
    showFailed(
      front,
      isRelay ? toOrphanedError() : new SpatioAuthError('timeout', { phase: 'callback', retryable }),
    )
  else if (remaining(tab) !== 0) showRestored(front)
  else
    showFailed(
      front,
      new SpatioAuthError('refresh_transient', { phase: 'refresh', retryable, detail: 'timeout' }),
    )
}

function toKnown(error: unknown): SpatioAuthError {
  if (error instanceof SpatioAuthError) return error
  return new SpatioAuthError('environment_unsupported', { phase: 'configuration' })
}
