import { SpatioAuthError } from '../errors.js'
import type { UnauthenticatedReason } from './auth-state.js'
import { remainingLifetime } from './session-lifetime.js'
import { tellByLock } from './session-lock.js'
import { parseSession } from './session.js'
import { isSignedOut, markSignedOut } from './sign-out-mark.js'
import type { TabSession } from './tab-session.js'
import { toUser } from './user.js'

/** Whose session ends: the user's in every tab, this one in every tab that shares it, or this tab's copy of it. */
export type EndReach = 'user' | 'session' | 'tab'

/** ms until the access token of this tab's session expires; null when unknown. */
export function remaining({ session, arrivedAt, environment }: TabSession): number | null {
  if (session === null) return null
  const heldFor = arrivedAt === null ? null : environment.monotonic() - arrivedAt
  return remainingLifetime(session, { now: environment.now(), heldFor })
}

/**
 * Loads the stored session into this tab. A corrupt record is reported and is no session; of a storage that gives no
 * answer nobody knows, so that is an error and not a visitor to be sent to the login.
 * @throws SpatioAuthError `storage_unavailable` (retryable)
 */
export async function restoreSession(tab: TabSession): Promise<void> {
  const { storage, options, emit } = tab
  const text = await storage.read().catch(() => {
    const code = 'storage_unavailable'
    emit('storage_degraded', { code })
    throw new SpatioAuthError(code, { phase: 'storage', retryable: true })
  })
  const session = parseSession(text, options)
  if (session === null) return
  if (session === 'corrupt') {
    await storage.remove().catch(() => undefined)
    return emit('storage_degraded', { code: 'storage_corrupt' })
  }
  if (isSignedOut(tab, session)) return removeRecord(tab, session.id)
  tab.session = session
  tab.arrivedAt = null
}

/** Forgets the session here at once, and as far as `reach` says; resolves when its record is gone. Cannot fail. */
export async function endSession(tab: TabSession, reach: EndReach): Promise<void> {
  const { session } = tab
  if (session === null) return
  const { id, idToken } = session
  const removed = forgetSession(tab, id)
  if (reach !== 'tab') {
    void tellByLock(tab.options, tab.environment, id, 'end')
    const sub = reach === 'user' ? (toUser(idToken)?.sub ?? null) : null
    if (sub !== null) markSignedOut(tab, sub)
    tab.post({ kind: 'signed_out', id, sub })
  }
  return removed
}

/** The session ended elsewhere, and this tab has learned of it. */
export function endHere(tab: TabSession, reason: UnauthenticatedReason): void {
  if (tab.session === null) return
  void forgetSession(tab, tab.session.id)
  tab.onEnded(reason)
}

/** Looks whether the user has signed out in another tab: one that was frozen may have missed a message. */
export function noticeSignOut(tab: TabSession): void {
  if (tab.session !== null && isSignedOut(tab, tab.session)) endHere(tab, 'signed-out-elsewhere')
}

function forgetSession(tab: TabSession, id: string): Promise<void> {
  tab.endedIds.add(id)
  tab.session = null
  return removeRecord(tab, id)
}

/** Removes the record of a session that is over, and not one that has taken its place. Cannot fail. */
async function removeRecord({ storage, options }: TabSession, id: string): Promise<void> {
  try {
    if (storage.isShared) {
      const stored = parseSession(await storage.read(), options)
      // Not a newer app's record either.
      if (stored !== 'corrupt' && stored?.id !== id) return
    }
    await storage.remove()
  } catch {
    // What cannot be read is not restored either.
  }
}
