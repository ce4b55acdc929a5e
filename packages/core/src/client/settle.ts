import { tellMistakes } from '#mistakes'
import { unsupported } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { AuthState } from '../session/auth-state.js'
import { remainingLifetime } from '../session/session-lifetime.js'
import { isSignedOut } from '../session/sign-out-mark.js'
import { restoreSession } from '../session/stored-session.js'
import type { Tab } from '../session/tab.js'
import { withDeadline } from '../session/deadline.js'
import { endElsewhere, showNobody, type Front } from './front.js'
import { keepAlive } from './keep-alive.js'
import type { StateView } from './state-view.js'

/** Finishes a callback or restores the session; settles within `readyTimeout` and never rejects. */
export async function settle(start: () => Front, view: StateView): Promise<AuthState> {
  try {
    const front = start()
    const { tab } = front
    front.work ??= finishStart(front).finally(() => (front.work = undefined))
    await withDeadline(tab.environment, tab.options.readyTimeout, front.work, () => showLate(front))
    return view.state.get()
  } catch (error) {
    // There is no page to show it on.
    return view.toError(toKnown(error))
  }
}

async function finishStart(front: Front): Promise<void> {
  const { tab, view } = front
  front.isRestored = false
  // A client that starts again knows its session, but may have missed what other tabs did.
  if (isSignedOut(tab)) endElsewhere(front)
  const { generation, session: known } = tab
  try {
    if (known === null) await restoreSession(tab)
    // Signed out, or disposed of, before anything was restored.
    if (generation !== tab.generation || front.isDisposed) return
    front.isRestored = true
    if ((known !== null && tab.storage?.isShared) || needsLife(front)) {
      // Both at once: what is left to do speaks to the authority.
      void front.loadEngine().catch(() => undefined)
      const life = await front.requireLife()
      if (generation === tab.generation) await life.resume()
    } else if (tab.session !== null) view.showSession(tab.session, null)
    else showNobody(view)
    front.callback = null
  } catch (error) {
    const failure = toKnown(error)
    // An interrupted callback is kept for `retry()`: its code was not sent.
    if (!failure.retryable) front.callback = null
    if (generation === tab.generation) showFailed(front, failure)
  }
  if (tab.session !== null) keepAlive(front)
  tellMistakes(front)
}

/** Expired as far as the wall clock tells: after a reload there is no other. */
function isExpired({ environment, session }: Tab): boolean {
  return session !== null && remainingLifetime(session, { now: environment.now() }) === 0
}

/** Whether more has to happen than to show what is stored. */
function needsLife({ tab, view, callback }: Front): boolean {
  if (callback !== null || isExpired(tab)) return true
  if (tab.session !== null) return tab.options.idleTimeout !== undefined
  return tab.options.silentOnLoad !== 'off' && view.state.get().status === 'loading'
}

/**
 * A session is shown as well, unless nobody knows yet whether its user has been away for too long.
 * @param noted what is said of the session then
 */
function showFailed(front: Front, error: SpatioAuthError, noted: SpatioAuthError | null = error): void {
  const { tab, view, callback } = front
  const isUnknown = tab.options.idleTimeout !== undefined && (!front.life || callback !== null)
  if (front.isDisposed) return
  // Nothing is stored, and the authority was to be asked in silence: nobody has asked for that.
  if (front.isRestored && callback === null && tab.session === null && error.retryable) showNobody(view)
  else if (tab.session === null || isUnknown) view.showError(error)
  else view.showSession(tab.session, noted)
}

/** Time is up: what is known so far is shown, and the work goes on and may still mend it. */
function showLate(front: Front): void {
  const { tab, view } = front
  if (view.state.get().status !== 'loading') return
  showFailed(
    front,
    new SpatioAuthError('timeout', { phase: 'callback', retryable: true }),
    // A session that is good does not wait for a callback.
    isExpired(tab) ? new SpatioAuthError('refresh_transient', { phase: 'refresh', retryable: true }) : null,
  )
}

function toKnown(error: unknown): SpatioAuthError {
  return error instanceof SpatioAuthError ? error : unsupported()
}
