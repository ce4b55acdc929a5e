import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import { storageKey } from '../storage-names.js'
import type { UnauthenticatedReason } from './auth-state.js'
import { openMemory } from './memory.js'
import { openOwnStorage } from './own-storage.js'
import type { RecordStorage, StoredRecord } from './record-storage.js'
import type { TabMessage } from './session-channel.js'
import type { Session } from './session.js'
import type { Tab } from './tab.js'

/** The state of this tab, which everything that knows of the session and of the other tabs shares. */
export interface TabSession extends Tab {
  readonly options: ResolvedOptions
  readonly environment: Environment
  /** In memory while it refuses a write: the session then lives in this page only. */
  storage: RecordStorage
  /** Ids of sessions that ended: whatever is read or answered of them later is void. */
  readonly endedIds: Set<string>
  /** Tells the other tabs. */
  post: (message: TabMessage) => void
  /** Another tab, or an edited store, ended this tab's session. */
  onEnded: (reason: UnauthenticatedReason) => void
  /** Another tab's newer revision, or another sign-in, became this tab's session. */
  onAdopted: (session: Session) => void
}

/** The tab of the front, which stays the same object, with what it needs beside other tabs. */
export function toTabSession(tab: Tab, options: ResolvedOptions, environment: Environment): TabSession {
  const storage = toRecordStorage(tab.storage, options, environment)
  return Object.assign(tab, {
    ...{ options, environment, storage, endedIds: new Set<string>() },
    post: (message: TabMessage) => {
      const channel = environment.openChannel(storageKey(options))
      channel?.postMessage(message)
      channel?.close()
    },
    onEnded: () => undefined,
    onAdopted: () => undefined,
  })
}

function toRecordStorage(
  stored: StoredRecord | null,
  options: ResolvedOptions,
  environment: Environment,
): RecordStorage {
  const { storage: place } = options
  const key = storageKey(options)
  if (typeof place === 'object') return openOwnStorage(place, key, environment)
  if (stored === null || place === 'memory') return openMemory()
  return { ...stored, write: async (text) => environment.openStorage(place).setItem(key, text) }
}
