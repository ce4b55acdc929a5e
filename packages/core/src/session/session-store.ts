import type { Environment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import { remainingLifetime } from './session-lifetime.js'
import { createSessionRevisions } from './session-revision.js'
import type { TabMessage } from './session-channel.js'
import { openSessionStorage } from './session-storage.js'
import { parseSession, type Session } from './session.js'
import { adopt, listenToTabs, type TabLink } from './tab-link.js'
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
  /** Forgets the session here and as far as `reach` says. Cannot fail. */
  readonly end: (reach: EndReach) => void
  /** Compares with the shared record: a tab that was frozen may have missed a message. */
  readonly sync: () => Promise<void>
  readonly postTabMessage: (message: TabMessage) => void
  /** @returns its unsubscribe */
  readonly onTabMessage: (listener: (message: TabMessage) => void) => () => void
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
  const state = { session: null, arrivedAt: null, isInMemory: false, endedIds: new Set<string>() }
  const tab: TabSession = { options, environment, emit, onChange, storage, revisions, ...state }
  const link = listenToTabs(tab)
  return {
    current: () => tab.session,
    remaining: () => remaining(tab),
    restore: () => restore(tab),
    readNewest: (id) => readNewest(tab, link, id),
    begin: (session) => begin(tab, session),
    save: (session) => save(tab, session),
    end: (reach) => end(tab, link, reach),
    sync: () => link.sync(),
    postTabMessage: link.post,
    onTabMessage: link.onMessage,
    close: () => {
      link.close()
      revisions.close()
    },
  }
}

function remaining({ session, arrivedAt, environment }: TabSession): number | null {
  if (session === null) return null
  const heldFor = arrivedAt === null ? null : environment.monotonic() - arrivedAt
  return remainingLifetime(session, { now: environment.now(), heldFor })
}

async function restore(tab: TabSession): Promise<void> {
  const { storage, options, endedIds } = tab
  const text = await storage.read().catch((error: unknown) => {
    throw toStorageError(error)
  })
  const parsed = parseSession(text, options)
  if (parsed.kind === 'corrupt') {
    await storage.remove().catch(() => undefined)
    throw new SpatioAuthError('storage_corrupt', { phase: 'storage' })
  }
  if (parsed.kind === 'none' || endedIds.has(parsed.session.id)) return
  tab.session = parsed.session
  tab.arrivedAt = null
  void tab.revisions.announce(parsed.session.id, parsed.session.revision)
}

async function readNewest(tab: TabSession, link: TabLink, id: string): Promise<Session | 'stale' | null> {
  const { revision, isEnded } = await tab.revisions.query(id)
  if (isEnded || tab.endedIds.has(id)) return null
  if (tab.storage.isShared && !tab.isInMemory) {
    const shared = await link.readShared(id, revision)
    if (shared !== null) adopt(tab, shared)
    return shared
  }
  if (tab.session?.id === id && tab.session.revision < revision) return 'stale'
  return tab.session
}

async function begin(tab: TabSession, session: Session): Promise<void> {
  await tab.storage.write(JSON.stringify(session)).catch((error: unknown) => {
    throw toStorageError(error)
  })
  tab.isInMemory = false
  tab.session = session
  tab.arrivedAt = tab.environment.monotonic()
  void tab.revisions.announce(session.id, session.revision)
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

function end(tab: TabSession, link: TabLink, reach: EndReach): void {
  if (tab.session === null) return
  const { id, idToken } = tab.session
  tab.endedIds.add(id)
  tab.session = null
  tab.arrivedAt = null
  void tab.storage.remove().catch(() => undefined)
  if (reach === 'tab') return
  void tab.revisions.announceEnd(id)
  link.post({ kind: 'signed_out', id, sub: reach === 'user' ? (toUser(idToken)?.sub ?? null) : null })
}

function toStorageError(error: unknown): SpatioAuthError {
  const isQuota = error instanceof DOMException && error.name === 'QuotaExceededError'
  return new SpatioAuthError(isQuota ? 'storage_quota' : 'storage_unavailable', { phase: 'storage' })
}
