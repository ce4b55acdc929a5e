import type { UnauthenticatedReason } from './auth-state.js'
import { openSessionChannel, type SessionChannel, type TabMessage } from './session-channel.js'
import { storageKey } from '../storage-names.js'
import { parseSession, type Session } from './session.js'
import type { TabSession } from './tab-session.js'
import { toUser } from './user.js'

/** Reads of a record that storage has not caught up with, and the pause between them (ms). */
const STALE_READS = 100
const STALE_READ_PAUSE = 10

/** This tab's link to the other tabs of the same issuer and client. */
export interface TabLink {
  readonly post: (message: TabMessage) => void
  /** @returns its unsubscribe */
  readonly onMessage: (listener: (message: TabMessage) => void) => () => void
  /** The shared record once it has reached `revision`, or another session's; null when there is none. */
  readonly readShared: (id: string, revision: number) => Promise<Session | null>
  readonly sync: () => Promise<void>
  readonly open: () => void
  readonly close: () => void
}

export function createTabLink(tab: TabSession): TabLink {
  const key = storageKey(tab.options)
  const listeners = new Set<(message: TabMessage) => void>()
  let opened: { readonly channel: SessionChannel; readonly unlisten: () => void } | null = null
  const open = () => {
    const channel = openSessionChannel(key, tab.environment, (message) => {
      receiveMessage(tab, message)
      for (const listener of [...listeners]) listener(message)
    })
    const unlisten = tab.environment.listen('storage', (event) =>
      receiveStorageEvent(tab, event as StorageEvent),
    )
    return { channel, unlisten }
  }
  return {
    open: () => void (opened ??= open()),
    post: (message) => opened?.channel.post(message),
    onMessage: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    readShared: (id, revision) => readShared(tab, id, revision),
    sync: () => sync(tab),
    close: () => {
      opened?.unlisten()
      opened?.channel.close()
      opened = null
    },
  }
}

function receiveMessage(tab: TabSession, message: TabMessage): void {
  tab.emit('tab_message', { kind: message.kind })
  if (message.kind !== 'signed_out') return
  tab.endedIds.add(message.id)
  const isSameUser = tab.session !== null && toUser(tab.session.idToken)?.sub === message.sub
  if (tab.session?.id === message.id || isSameUser) endHere(tab, 'signed-out-elsewhere')
}

function receiveStorageEvent(tab: TabSession, event: StorageEvent): void {
  if (tab.options.storage !== 'local' || !tab.storage.isShared || tab.isInMemory) return
  if (event.storageArea !== tab.environment.openStorage('local')) return
  if (event.key === null) return endHere(tab, 'storage-cleared')
  if (event.key !== storageKey(tab.options)) return
  if (event.newValue === null) return endHere(tab, 'signed-out-elsewhere')
  // The event carries its value: unlike a read it is never stale.
  const parsed = parseSession(event.newValue, tab.options)
  if (parsed.kind !== 'session') return
  tab.emit('tab_message', { kind: 'session_changed' })
  adopt(tab, parsed.session)
}

async function sync(tab: TabSession): Promise<void> {
  if (tab.session !== null && isSignedOut(tab, tab.session)) return endHere(tab, 'signed-out-elsewhere')
  if (!tab.storage.isShared || tab.isInMemory || tab.session === null) return
  const text = await tab.storage.read().catch(() => undefined)
  if (text === undefined) return
  const parsed = parseSession(text, tab.options)
  if (parsed.kind === 'session') return adopt(tab, parsed.session)
  endHere(tab, 'signed-out-elsewhere')
}

async function readShared(tab: TabSession, id: string, revision: number): Promise<Session | null> {
  for (let tries = 0; tries < STALE_READS; tries++) {
    const parsed = parseSession(await tab.storage.read().catch(() => null), tab.options)
    const session = parsed.kind === 'session' && !tab.endedIds.has(parsed.session.id) ? parsed.session : null
    if (session !== null && (session.id !== id || session.revision >= revision)) return session
    // Nobody told of a revision, so there is none to wait for.
    if (session === null && revision < 0) return null
    await new Promise<void>((resolve) => void tab.environment.setTimer(resolve, STALE_READ_PAUSE))
  }
  return null
}

/** Makes another tab's newer revision, or another sign-in, this tab's. */
export function adopt(tab: TabSession, session: Session): void {
  if (tab.endedIds.has(session.id)) return
  if (session.id === tab.session?.id && session.revision <= tab.session.revision) return
  tab.session = session
  tab.arrivedAt = tab.environment.monotonic()
  // Every tab that knows of a revision tells of it, so that it outlives the tab that made it.
  void tab.revisions.announce(session.id, session.revision)
  tab.onChange({ kind: 'adopted', session })
}

function endHere(tab: TabSession, reason: UnauthenticatedReason): void {
  if (tab.session === null) return
  const { id } = tab.session
  tab.endedIds.add(id)
  tab.session = null
  tab.arrivedAt = null
  void removeRecord(tab, id)
  tab.onChange({ kind: 'ended', reason })
}

/** The user of this session signed out in this browser, and this tab may have slept through it. */
export function isSignedOut({ signOutMark }: TabSession, { idToken }: Session): boolean {
  return signOutMark.isSet() && signOutMark.isSetFor(toUser(idToken)?.sub)
}

/** Removes the record of a session that is over, and not one that has taken its place. Cannot fail. */
export async function removeRecord({ storage, options }: TabSession, id: string): Promise<void> {
  try {
    const parsed = storage.isShared ? parseSession(await storage.read(), options) : null
    if (parsed?.kind === 'session' && parsed.session.id !== id) return
    await storage.remove()
  } catch {
    // What cannot be read is not restored either.
  }
}
