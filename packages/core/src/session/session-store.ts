import { SpatioAuthError } from '../errors.js'
import { storageKey } from '../storage-names.js'
import { openOwnStorage } from './own-storage.js'
import type { Session } from './session.js'
import type { TabMessage } from './session-channel.js'
import { markKey, readMark, tryStorage } from './sign-out-mark.js'
import { endSession, remaining, type EndReach } from './stored-session.js'
import { adopt, createTabLink, type TabLink } from './tab-link.js'
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
  /** Forgets the session here at once, and as far as `reach` says; resolves when its record is gone. Cannot fail. */
  readonly end: (reach: EndReach) => Promise<void>
  /** A user signed out here and nobody has signed in since. */
  readonly wasSignedOut: () => boolean
  /** Compares with what is stored for all tabs: one that was frozen may have missed a message. */
  readonly sync: () => Promise<void>
  /** What the browser told of the record, before this tab had its link to the others. */
  readonly receiveStorageEvent: (event: StorageEvent) => void
  readonly postTabMessage: (message: TabMessage) => void
  /** @returns its unsubscribe */
  readonly onTabMessage: (listener: (message: TabMessage) => void) => () => void
  /** Starts to listen to the other tabs. Idempotent; what is known of the session stays over `close()`. */
  readonly open: () => void
  readonly close: () => void
}

export function createSessionStore(tab: TabSession): SessionStore {
  const { options, environment } = tab
  if (typeof options.storage === 'object')
    tab.storage = openOwnStorage(options.storage, storageKey(options), environment)
  const link = createTabLink(tab)
  return {
    current: () => tab.session,
    remaining: () => remaining(tab),
    readNewest: (id) => readNewest(tab, link, id),
    begin: (session) => begin(tab, session),
    save: (session) => save(tab, session),
    end: (reach) => endSession(tab, reach),
    wasSignedOut: () => readMark(tab) !== null,
    sync: link.sync,
    receiveStorageEvent: link.receiveStorageEvent,
    postTabMessage: (message) => tab.post(message),
    onTabMessage: link.onMessage,
    open: link.open,
    close: link.close,
  }
}

async function readNewest(tab: TabSession, link: TabLink, id: string): Promise<Session | 'stale' | null> {
  const { revision, isEnded } = await tab.revisions.query(id)
  const isOver = isEnded || tab.endedIds.has(id)
  if (isOver) tab.endedIds.add(id)
  if (tab.storage.isShared && !tab.isInMemory) {
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

async function begin(tab: TabSession, session: Session): Promise<void> {
  const replaced = tab.session
  const text = JSON.stringify(session)
  await tab.storage.write(text).catch((error: unknown) => {
    throw toStorageError(error)
  })
  tryStorage(tab, 'local', (area) => area.removeItem(markKey(tab)))
  tab.isInMemory = false
  tab.session = session
  tab.arrivedAt = tab.environment.monotonic()
  void tab.revisions.announce(session.id, session.revision)
  if (!tab.storage.isShared || replaced === null) return
  // One record for all tabs: a refresh of the earlier session that is under way must not write over this one.
  tab.endedIds.add(replaced.id)
  await tab.revisions.announceEnd(replaced.id)
  if ((await tab.storage.read().catch(() => text)) !== text)
    await tab.storage.write(text).catch(() => undefined)
}

async function save(tab: TabSession, session: Session): Promise<boolean> {
  const { isEnded } = await tab.revisions.query(session.id)
  if (isEnded || tab.endedIds.has(session.id) || tab.session?.id !== session.id) return false
  if (session.accessToken !== tab.session.accessToken) tab.arrivedAt = tab.environment.monotonic()
  tab.session = session
  await tab.storage.write(JSON.stringify(session)).catch(async (error: unknown) => {
    // Never fall back to the older record: its refresh token is spent.
    tab.isInMemory = true
    await tab.storage.remove().catch(() => undefined)
    tab.emit('storage_degraded', { code: toStorageError(error).code })
  })
  await tab.revisions.announce(session.id, session.revision)
  return true
}

/** Why storage gave or took nothing. */
function toStorageError(error: unknown): SpatioAuthError {
  const isQuota = error instanceof DOMException && error.name === 'QuotaExceededError'
  return isQuota
    ? new SpatioAuthError('storage_quota', { phase: 'storage' })
    : new SpatioAuthError('storage_unavailable', { phase: 'storage', retryable: true })
}
