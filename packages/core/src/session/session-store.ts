import { SpatioAuthError } from '../errors.js'
import { tellByLock } from './session-lock.js'
import { createSessionRevisions, type SessionRevisions } from './session-revision.js'
import type { Session } from './session.js'
import type { RecordStorage } from './record-storage.js'
import { openMemory } from './memory.js'
import type { TabMessage } from './session-channel.js'
import { markKey, readMark, tryStorage } from './sign-out-mark.js'
import { adopt, sync } from './shared-record.js'
import { endHere, endSession, type EndReach } from './end-session.js'
import { forgetSession } from './stored-session.js'
import { remaining } from './tab-lifetime.js'
import { createTabLink, type TabLink } from './tab-link.js'
import type { TabSession } from './tab-session.js'

/** The one session of this tab: where it is kept, and how other tabs hear of it. */
export interface SessionStore {
  readonly current: () => Session | null
  /** ms until the access token of the current session expires; null when unknown. */
  readonly remaining: () => number | null
  /** The newest stored state of a session, for the holder of its refresh lock; `stale` in a copied tab. */
  readonly readNewest: (id: string) => Promise<Session | 'stale' | null>
  /** Stores a new sign-in. @throws SpatioAuthError `storage_quota`, `storage_unavailable`; then nothing changed */
  readonly begin: (session: Session) => Promise<void>
  /** Stores a further revision; kept in memory when storage refuses. False when the session ended meanwhile. */
  readonly save: (session: Session) => Promise<boolean>
  /** Tells the other tabs a revision of a session or its end: awaited before its refresh lock is released. */
  readonly announce: SessionRevisions['announce']
  /** Forgets the session here at once, and as far as `reach` says; resolves when its record is gone. Cannot fail. */
  readonly end: (reach: EndReach) => Promise<void>
  /** A user signed out here and nobody has signed in since. */
  readonly wasSignedOut: () => boolean
  /**
   * Compares with what is stored for all tabs: one that was frozen may have missed a message.
   * @param isRestored the page comes out of the bfcache: it may have missed a sign-in too, in another tab or its own
   */
  readonly sync: (isRestored?: boolean) => Promise<void>
  /** The same, and with what other tabs told of the session while nobody listened here; tells of it as they do. */
  readonly catchUp: () => Promise<void>
  readonly postTabMessage: (message: TabMessage) => void
  /** @returns its unsubscribe */
  readonly onTabMessage: (listener: (message: TabMessage) => void) => () => void
  /** Starts to listen to the other tabs. Idempotent; what is known of the session stays over `close()`. */
  readonly open: () => void
  readonly close: () => void
}

export function createSessionStore(tab: TabSession): SessionStore {
  const link = createTabLink(tab)
  const revisions = createSessionRevisions(tab.options, tab.environment)
  const held = { tab, link, revisions, place: tab.storage }
  return {
    current: () => tab.session,
    remaining: () => remaining(tab),
    readNewest: (id) => readNewest(held, id),
    begin: (session) => begin(held, session),
    save: (session) => save(held, session),
    announce: revisions.announce,
    end: (reach) => endSession(tab, reach),
    wasSignedOut: () => readMark(tab) !== null,
    sync: (isRestored) => sync(tab, isRestored ? 'signed-out-elsewhere' : undefined),
    catchUp: () => catchUp(held),
    postTabMessage: (message) => tab.post(message),
    onTabMessage: link.onMessage,
    open: link.open,
    close: link.close,
  }
}

interface Held {
  readonly tab: TabSession
  readonly link: TabLink
  readonly revisions: SessionRevisions
  /** Where the session is kept, unless that refuses. */
  readonly place: RecordStorage
}

async function readNewest({ tab, link, revisions }: Held, id: string): Promise<Session | 'stale' | null> {
  const { revision, isEnded } = await revisions.query(id)
  const isOver = isEnded || tab.endedIds.has(id)
  if (isOver) tab.endedIds.add(id)
  if (tab.storage.isShared) {
    // Another sign-in may have taken the place of one that is over.
    const shared = await link.readShared(id, isOver ? -1 : revision)
    if (shared !== null) adopt(tab, shared)
    return shared
  }
  if (isOver) return null
  // Another client in this tab, such as the one before a hot reload, may have gone on with the record.
  const stored = await link.readShared(id, -1)
  if (stored?.id === id && stored.revision > (tab.session?.revision ?? Infinity)) adopt(tab, stored)
  if (tab.session?.id === id && tab.session.revision < revision) return 'stale'
  return tab.session
}

async function begin({ tab, revisions, place }: Held, session: Session): Promise<void> {
  const { session: replaced, generation } = tab
  const text = JSON.stringify(session)
  await place.write(text).catch((error: unknown) => {
    throw toStorageError(error)
  })
  // Signed out while it was written: that came later.
  if (generation !== tab.generation) {
    await forgetSession({ ...tab, storage: place, session })
    throw new SpatioAuthError('aborted', { phase: 'callback' })
  }
  tryStorage(tab, 'local', (area) => area.removeItem(markKey(tab)))
  tab.storage = place
  tab.session = session
  tab.arrivedAt = tab.environment.monotonic()
  void revisions.announce(session.id, session.revision)
  if (!tab.storage.isShared || replaced === null) return
  // One record for all tabs: a refresh of the earlier session that is under way must not write over this one.
  tab.endedIds.add(replaced.id)
  await tellByLock(tab.options, tab.environment, replaced.id, 'end')
  if ((await tab.storage.read().catch(() => text)) !== text)
    await tab.storage.write(text).catch(() => undefined)
}

async function save({ tab, revisions, place }: Held, session: Session): Promise<boolean> {
  const { isEnded } = await revisions.query(session.id)
  if (isEnded || tab.endedIds.has(session.id) || tab.session?.id !== session.id) return false
  if (session.accessToken !== tab.session.accessToken) tab.arrivedAt = tab.environment.monotonic()
  tab.session = session
  tab.storage = place
  await place.write(JSON.stringify(session)).catch(async (error: unknown) => {
    tab.storage = openMemory()
    // Never fall back to the older record: its refresh token is spent.
    await place.remove().catch(() => undefined)
    tab.emit('storage_degraded', { code: toStorageError(error).code })
  })
  await revisions.announce(session.id, session.revision)
  return true
}

async function catchUp({ tab, revisions }: Held): Promise<void> {
  if (tab.session === null) return sync(tab, 'signed-out-elsewhere')
  const { id, revision } = tab.session
  // Every tab that knows of a revision tells of it, so that it outlives the tab that made it.
  void revisions.announce(id, revision)
  const { isEnded } = await revisions.query(id)
  // Another sign-in may have taken the place of one that is over.
  await sync(tab)
  if (isEnded && tab.session?.id === id) endHere(tab, 'signed-out-elsewhere')
}

/** Why storage gave or took nothing. */
function toStorageError(error: unknown): SpatioAuthError {
  const isQuota = error instanceof DOMException && error.name === 'QuotaExceededError'
  return isQuota
    ? new SpatioAuthError('storage_quota', { phase: 'storage' })
    : new SpatioAuthError('storage_unavailable', { phase: 'storage', retryable: true })
}
