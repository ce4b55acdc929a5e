import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import { storageKey } from '../storage-names.js'

/** Where the one session record of this issuer and client is kept. */
export interface SessionStorage {
  readonly read: () => Promise<string | null>
  /** Rejects when the text was not kept. */
  readonly write: (text: string) => Promise<void>
  readonly remove: () => Promise<void>
  /** True when other tabs read the same record. */
  readonly isShared: boolean
}

export interface OpenedSessionStorage {
  readonly storage: SessionStorage
  /** The browser blocks the storage asked for; the record lives in memory. */
  readonly isDegraded: boolean
}

export function openSessionStorage(options: ResolvedOptions, environment: Environment): OpenedSessionStorage {
  if (options.storage === 'memory') return { storage: memoryStorage(), isDegraded: false }
  try {
    const area = environment.openStorage(options.storage)
    return { storage: webStorage(area, storageKey(options), options.storage === 'local'), isDegraded: false }
  } catch {
    return { storage: memoryStorage(), isDegraded: true }
  }
}

function webStorage(area: Storage, key: string, isShared: boolean): SessionStorage {
  return {
    read: async () => area.getItem(key),
    write: async (text) => area.setItem(key, text),
    remove: async () => area.removeItem(key),
    isShared,
  }
}

function memoryStorage(): SessionStorage {
  let kept: string | null = null
  return {
    read: async () => kept,
    write: async (text) => void (kept = text),
    remove: async () => void (kept = null),
    isShared: false,
  }
}
