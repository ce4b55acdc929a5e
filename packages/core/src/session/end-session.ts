import type { UnauthenticatedReason } from './auth-state.js'
import { tellByLock } from './session-lock.js'
import type { Session } from './session.js'
import { isSignedOut } from './sign-out-mark.js'
import { forgetSession } from './stored-session.js'
import type { TabSession } from './tab-session.js'

/** Whose session ends beside the user's: this one in every tab that shares it, or this tab's copy of it. */
export type EndReach = 'session' | 'tab'

/** Forgets the session here at once, and as far as `reach` says; resolves when its record is gone. Cannot fail. */
export async function endSession(tab: TabSession, reach: EndReach): Promise<void> {
  const { session } = tab
  if (session === null) return
  tab.endedIds.add(session.id)
  const removed = forgetSession(tab)
  if (reach === 'session') tellEnded(tab, session, null)
  return removed
}

/** Tells the other tabs of a session that has ended here. @param sub the user who signed out, in every tab; else null */
export function tellEnded(tab: TabSession, { id }: Session, sub: string | null): void {
  tab.endedIds.add(id)
  void tellByLock(tab.options, tab.environment, id, 'end')
  tab.post({ kind: 'signed_out', id, sub })
}

/** The session ended elsewhere, and this tab has learned of it. */
export function endHere(tab: TabSession, reason: UnauthenticatedReason): void {
  if (tab.session === null) return
  tab.endedIds.add(tab.session.id)
  void forgetSession(tab)
  tab.onEnded(reason)
}

/** Looks whether the user has signed out in another tab: one that was frozen may have missed a message. */
export function noticeSignOut(tab: TabSession): void {
  if (isSignedOut(tab)) endHere(tab, 'signed-out-elsewhere')
}
