import { storageKey } from '../storage-names.js'
import type { UnauthenticatedReason } from './auth-state.js'
import { parseSession, type Session } from './session.js'
import { endHere, noticeSignOut } from './end-session.js'
import { isSignedOut, markKey } from './sign-out-mark.js'
import type { TabSession } from './tab-session.js'

/**
 * Compares with what other tabs did: one that was frozen may have missed a message.
 * @param told why a session that is gone ended, where the browser has told of a change; then a sign-in that this page
 * has not seen is taken as well
 */
export async function sync(tab: TabSession, told?: UnauthenticatedReason): Promise<void> {
  noticeSignOut(tab)
  if (tab.session === null ? told === undefined : !tab.storage.isShared) return
  const text = await tab.storage.read().catch(() => undefined)
  // While it has not changed there is nothing to parse.
  if (text === undefined || text === JSON.stringify(tab.session)) return
  const stored = parseSession(text, tab.options)
  if (stored === null || stored === 'corrupt') return endHere(tab, told ?? 'signed-out-elsewhere')
  adopt(tab, stored)
}

/** What the browser tells of the storage of all tabs; what it tells of is read as well by then. */
export function receiveStorageEvent(tab: TabSession, { key }: Pick<StorageEvent, 'key'>): void {
  if (key === null) void sync(tab, 'storage-cleared')
  // Who signs in again writes the record first, and removes the mark then.
  else if (key === storageKey(tab.options) || key === markKey(tab)) void sync(tab, 'signed-out-elsewhere')
}

/** Makes another tab's newer revision, or another sign-in, this tab's. */
export function adopt(tab: TabSession, session: Session): void {
  const { session: known } = tab
  if (tab.endedIds.has(session.id) || isSignedOut(tab, session)) return
  if (session.id === known?.id && session.revision <= known.revision) return
  tab.session = session
  tab.arrivedAt = tab.environment.monotonic()
  tab.emit('tab_message', { kind: 'session_changed' })
  tab.onAdopted(session)
}
