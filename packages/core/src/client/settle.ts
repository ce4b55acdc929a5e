import { tellMistakes } from '#mistakes'
import { SpatioAuthError } from '../errors.js'
import type { AuthState } from '../session/auth-state.js'
import type { Session } from '../session/session.js'
import { sync } from '../session/shared-record.js'
import { remaining, restoreSession } from '../session/stored-session.js'
import { withDeadline } from '../session/deadline.js'
import { askForMetadata } from './ask-for-metadata.js'
import { toOrphanedError, type Front } from './front.js'
import { keepAlive } from './keep-alive.js'
import type { StateView } from './state-view.js'

/** Finishes a callback or restores the session; settles within `readyTimeout` and never rejects. */
export async function settle(start: () => Front, view: StateView): Promise<AuthState> {
  let front: Front
  try {
    front = start()
  } catch (error) {
    return view.toError(toKnown(error))
  }
  const { environment, options } = front.tab
  front.work ??= finishStart(front).finally(() => (front.work = null))
  await withDeadline(environment, options.readyTimeout, front.work, () => showLate(front))
  return view.state.get()
}

async function finishStart(front: Front): Promise<void> {
  const { tab, view } = front
  const { generation } = tab
  try {
    // Nothing but that: no restore, no timer, and `loading` until the window is gone, which is soon or never.
    if (front.isRelay) return await front.loadRelay()
    // A client that starts again knows its session, but may have missed what other tabs did.
    await (tab.session === null ? restoreSession(tab) : sync(tab))
    // Signed out before anything was restored.
    if (generation !== tab.generation) return
    if (needsLife(front)) await resumeWithLife(front)
    else if (tab.session !== null) view.showSession(tab.session, null)
    // A sign-out that came first has said why.
    else if (view.state.get().status !== 'unauthenticated') view.showSignedOut('initial')
    front.callback = null
  } catch (error) {
    const known = front.isRelay ? toOrphanedError() : toKnown(error)
    // An interrupted callback is kept for `retry()`: its code was not sent.
    if (!known.retryable) front.callback = null
    showFailed(front, known)
  }
  keepAlive(front)
  tellMistakes(front)
}

/** Whether more has to happen than to show what is stored. */
function needsLife({ tab, view, callback }: Front): boolean {
  if (callback !== null) return true
  if (tab.session !== null) return tab.options.idleTimeout !== undefined || remaining(tab) === 0
  return tab.options.silentOnLoad !== 'off' && view.state.get().status === 'loading'
}

async function resumeWithLife(front: Front): Promise<void> {
  const { generation } = front.tab
  // Both at once: what is left to do speaks to the authority.
  void front.loadEngine().catch(() => undefined)
  if (front.callback?.isPending) {
    front.callback.metadata ??= askForMetadata(front.tab)
    front.callback.metadata.catch(() => undefined)
  }
  front.isAsking = front.callback === null && front.tab.session === null
  try {
    const life = await front.requireLife()
    if (generation === front.tab.generation) await life.resume()
  } finally {
    front.isAsking = false
  }
}

/** The session, unless nobody knows yet whether its user has been away for too long. */
function shownSession({ tab, life, callback }: Front): Session | null {
  return tab.options.idleTimeout !== undefined && (life === null || callback !== null) ? null : tab.session
}

function showFailed(front: Front, error: SpatioAuthError): void {
  if (front.isDisposed) return
  const session = shownSession(front)
  if (session === null) front.view.showError(error)
  else front.view.showSession(session, error)
}

/** Time is up: what is known so far is shown, and the work goes on and may still mend it. */
function showLate(front: Front): void {
  const { tab, view, isAsking, isRelay } = front
  if (front.isDisposed || view.state.get().status !== 'loading') return
  if (isAsking) return view.showSignedOut('initial')
  if (isRelay) return view.showError(toOrphanedError())
  const session = shownSession(front)
  const retryable = true
  if (session === null) view.showError(new SpatioAuthError('timeout', { phase: 'callback', retryable }))
  else if (remaining(tab) !== 0) view.showSession(session, null)
  else
    view.showSession(
      session,
      new SpatioAuthError('refresh_transient', { phase: 'refresh', retryable, detail: 'timeout' }),
    )
}

function toKnown(error: unknown): SpatioAuthError {
  if (error instanceof SpatioAuthError) return error
  return new SpatioAuthError('environment_unsupported', { phase: 'configuration' })
}
