import type { FrontEnvironment } from '../environment.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import { storageKey } from '../storage-names.js'

/** Where the one session record of this issuer and client is kept. */
export interface RecordStorage {
  readonly read: () => Promise<string | null>
  /** Rejects when the text was not kept. */
  readonly write: (text: string) => Promise<void>
  readonly remove: () => Promise<void>
  /** True when other tabs read the same record. */
  readonly isShared: boolean
}

/** Where `storage` says; in memory, and told as degraded, where the browser blocks that. */
export function openSessionStorage(
  options: ResolvedOptions,
  environment: FrontEnvironment,
  emit: Emit,
): RecordStorage {
  const { storage: place } = options
  const key = storageKey(options)
  // A storage of the app's own is opened by `own-storage.ts`, before anything is read.
  if (place === 'memory' || typeof place === 'object') return webStorage(memoryArea(), key, false)
  try {
    return webStorage(environment.openStorage(place), key, place === 'local')
  } catch {
    emit('storage_degraded', { code: 'storage_unavailable' })
    return webStorage(memoryArea(), key, false)
  }
}

function webStorage(
  area: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  key: string,
  isShared: boolean,
): RecordStorage {
  return {
    read: async () => area.getItem(key),
    write: async (text) => area.setItem(key, text),
    remove: async () => area.removeItem(key),
    isShared,
  }
}

function memoryArea(): Parameters<typeof webStorage>[0] {
  let kept: string | null = null
  return {
    getItem: () => kept,
    setItem: (_key, text) => void (kept = text),
    removeItem: () => void (kept = null),
  }
}
