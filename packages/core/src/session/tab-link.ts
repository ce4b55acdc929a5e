import { openSessionChannel, type TabMessage } from './session-channel.js'
import { storageKey } from '../storage-names.js'
import { parseSession, type Session } from './session.js'
import { endHere, noticeSignOut } from './stored-session.js'
import type { TabSession } from './tab-session.js'
import { toUser } from './user.js'

/** Reads of a record that storage has not caught up with, and the pause between them (ms). */
const STALE_READS = 100
const STALE_READ_PAUSE = 10

/** This tab's link to the other tabs of the same issuer and client. */
export interface TabLink {
  /** @returns its unsubscribe */
  readonly onMessage: (listener: (message: TabMessage) => void) => () => void
  /** The shared record once it has reached `revision`, or another session's; null when there is none. */
  readonly readShared: (id: string, revision: number) => Promise<Session | null>
  readonly receiveStorageEvent: (event: StorageEvent) => void
  readonly sync: () => Promise<void>
  readonly open: () => void
  readonly close: () => void
}

export function createTabLink(tab: TabSession): TabLink {
  const { environment } = tab
  const listeners = new Set<(message: TabMessage) => void>()
  let close: (() => void) | null = null
  let compared: Comparison | null = null
  const receive = (event: StorageEvent) => receiveStorageEvent(tab, event)
  const open = () => {
    const channel = openSessionChannel(storageKey(tab.options), environment, (message) => {
      receiveMessage(tab, message)
      for (const listener of [...listeners]) listener(message)
    })
    const unlisten = environment.listen('storage', (event) => receive(event as StorageEvent))
    const { post } = tab
    tab.post = channel.post
    return () => {
      tab.post = post
      unlisten()
      channel.close()
    }
  }
  return {
    open: () => void (close ??= open()),
    onMessage: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    readShared: (id, revision) => readShared(tab, id, revision),
    receiveStorageEvent: receive,
    sync: async () => void (compared = await sync(tab, compared)),
    close: () => {
      close?.()
      close = null
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
  const stored = parseSession(event.newValue, tab.options)
  if (stored === null || stored === 'corrupt') return
  tab.emit('tab_message', { kind: 'session_changed' })
  adopt(tab, stored)
}

/** What a tab compared last: while neither has changed there is nothing to parse. */
interface Comparison {
  readonly text: string | null
  readonly session: Session
}

async function sync(tab: TabSession, last: Comparison | null): Promise<Comparison | null> {
  noticeSignOut(tab)
  if (!tab.storage.isShared || tab.isInMemory || tab.session === null) return null
  const text = await tab.storage.read().catch(() => undefined)
  if (text === undefined || (text === last?.text && tab.session === last.session)) return last
  const stored = parseSession(text, tab.options)
  if (stored !== null && stored !== 'corrupt') adopt(tab, stored)
  else endHere(tab, 'signed-out-elsewhere')
  return tab.session && { text, session: tab.session }
}

async function readShared(tab: TabSession, id: string, revision: number): Promise<Session | null> {
  for (let tries = 0; tries < STALE_READS; tries++) {
    const stored = parseSession(await tab.storage.read().catch(() => null), tab.options)
    const session = stored !== null && stored !== 'corrupt' && !tab.endedIds.has(stored.id) ? stored : null
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
  tab.onAdopted(session)
}
