import type { Environment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import { remainingLifetime } from './session-lifetime.js'
import { createSessionRevisions } from './session-revision.js'
import type { TabMessage } from './session-channel.js'
import { openSessionStorage } from './session-storage.js'
import { parseSession, type Session } from './session.js'
import { createSignOutMark } from './sign-out-mark.js'
import { adopt, createTabLink, isSignedOut, removeRecord, type TabLink } from './tab-link.js'
import type { SessionChange, TabSession } from './tab-session.js'
import { toUser } from './user.js'

/** Whose session ends: the user's in every tab, this one in every tab that shares it, or this tab's copy of it. */
export type EndReach = 'user' | 'session' | 'tab'

/** The one session of this tab: where it is kept, and how other tabs hear of it. */
export interface SessionStore {
  readonly current: () => Session | null
  /** ms until the access token of the current session expires; null when unknown. */
  readonly remaining: () => number | null
  /** Takes over the stored session. @throws SpatioAuthError `storage_corrupt`, `storage_unavailable` */
  readonly restore: () => Promise<void>
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
  readonly postTabMessage: (message: TabMessage) => void
  /** @returns its unsubscribe */
  readonly onTabMessage: (listener: (message: TabMessage) => void) => () => void
  /** Starts to listen to the other tabs. Idempotent; what is known of the session stays over `close()`. */
  readonly open: () => void
  readonly close: () => void
}

export function createSessionStore(
  options: ResolvedOptions,
  environment: Environment,
  emit: Emit,
  onChange: (change: SessionChange) => void,
): SessionStore {
  const { storage, isDegraded } = openSessionStorage(options, environment)
  if (isDegraded) emit('storage_degraded', { code: 'storage_unavailable' })
  const revisions = createSessionRevisions(options, environment)
  const signOutMark = createSignOutMark(options, environment)
  const state = { session: null, arrivedAt: null, isInMemory: false, endedIds: new Set<string>() }
  const tab: TabSession = { options, environment, emit, onChange, storage, revisions, signOutMark, ...state }
  const link = createTabLink(tab)
  return {
    current: () => tab.session,
    remaining: () => remaining(tab),
    restore: () => restore(tab),
    readNewest: (id) => readNewest(tab, link, id),
    begin: (session) => begin(tab, session),
    save: (session) => save(tab, session),
    end: (reach) => end(tab, link, reach),
    wasSignedOut: signOutMark.isSet,
    sync: () => link.sync(),
    postTabMessage: link.post,
    onTabMessage: link.onMessage,
    open: link.open,
    close: link.close,
  }
}

function remaining({ session, arrivedAt, environment }: TabSession): number | null {
  if (session === null) return null
  const heldFor = arrivedAt === null ? null : environment.monotonic() - arrivedAt
  return remainingLifetime(session, { now: environment.now(), heldFor })
}

async function restore(tab: TabSession): Promise<void> {
  const { storage, options } = tab
  const text = await storage.read().catch((error: unknown) => {
    throw toStorageError(error)
  })
  const parsed = parseSession(text, options)
  if (parsed.kind === 'corrupt') {
    await storage.remove().catch(() => undefined)
    throw new SpatioAuthError('storage_corrupt', { phase: 'storage' })
  }
  if (parsed.kind === 'none') return
  const { session } = parsed
  const { isEnded } = await tab.revisions.query(session.id)
  if (isEnded || isSignedOut(tab, session)) return removeRecord(tab, session.id)
  tab.session = session
  tab.arrivedAt = null
  void tab.revisions.announce(session.id, session.revision)
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
  tab.signOutMark.clear()
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

async function end(tab: TabSession, link: TabLink, reach: EndReach): Promise<void> {
  if (tab.session === null) return
  const { id, idToken } = tab.session
  tab.endedIds.add(id)
  tab.session = null
  tab.arrivedAt = null
  const removed = removeRecord(tab, id)
  if (reach !== 'tab') {
    void tab.revisions.announceEnd(id)
    const sub = reach === 'user' ? (toUser(idToken)?.sub ?? null) : null
    if (sub !== null) tab.signOutMark.set(sub)
    link.post({ kind: 'signed_out', id, sub })
  }
  return removed
}

function toStorageError(error: unknown): SpatioAuthError {
  const isQuota = error instanceof DOMException && error.name === 'QuotaExceededError'
  if (isQuota) return new SpatioAuthError('storage_quota', { phase: 'storage' })
  return new SpatioAuthError('storage_unavailable', { phase: 'storage', retryable: true })
}
