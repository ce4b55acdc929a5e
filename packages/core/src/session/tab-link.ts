import { openSessionChannel, type TabMessage } from './session-channel.js'
import { storageKey } from '../storage-names.js'
import { parseSession, type Session } from './session.js'
import { endHere } from './end-session.js'
import { receiveStorageEvent } from './shared-record.js'
import type { TabSession } from './tab-session.js'

/** Reads of a record that storage has not caught up with, and the pause between them (ms). */
const STALE_READS = 100
const STALE_READ_PAUSE = 10

/** This tab's link to the other tabs of the same issuer and client. */
export interface TabLink {
  /** @returns its unsubscribe */
  readonly onMessage: (listener: (message: TabMessage) => void) => () => void
  /** The shared record once it has reached `revision`, or another session's; null when there is none. */
  readonly readShared: (id: string, revision: number) => Promise<Session | null>
  readonly open: () => void
  readonly close: () => void
}

export function createTabLink(tab: TabSession): TabLink {
  const listeners = new Set<(message: TabMessage) => void>()
  let close: (() => void) | null = null
  const open = () => {
    const channel = openSessionChannel(storageKey(tab.options), tab.environment, (message) => {
      receiveMessage(tab, message)
      for (const listener of [...listeners]) listener(message)
    })
    const { post } = tab
    tab.post = channel.post
    if (tab.wasCleared) receiveStorageEvent(tab, { key: null })
    tab.wasCleared = false
    const unlisten = tab.environment.listen('storage', (event) =>
      receiveStorageEvent(tab, event as StorageEvent),
    )
    return () => {
      unlisten()
      tab.post = post
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
  const isSameUser = tab.session?.user.sub === message.sub
  if (tab.session?.id === message.id || isSameUser) endHere(tab, 'signed-out-elsewhere')
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
