import type { FrontEnvironment } from '../environment.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import { storageKey } from '../storage-names.js'
import { openOwnStorage } from './own-storage.js'
import type { RecordStorage } from './record-storage.js'

/** Where `storage` says; in memory, and told as degraded, where the browser blocks that. */
export function openSessionStorage(
  options: ResolvedOptions,
  environment: FrontEnvironment,
  emit: Emit,
): RecordStorage {
  const { storage: place } = options
  const key = storageKey(options)
  if (typeof place === 'object') return openOwnStorage(place, key, environment)
  try {
    if (place !== 'memory') {
      const area = environment.openStorage(place)
      return {
        read: async () => area.getItem(key),
        write: async (text) => area.setItem(key, text),
        remove: async () => area.removeItem(key),
        isShared: place === 'local',
      }
    }
  } catch {
    emit('storage_degraded', { code: 'storage_unavailable' })
  }
  return openMemory()
}

/** For this page only. */
export function openMemory(): RecordStorage {
  let kept: string | null = null
  return {
    read: async () => kept,
    write: async (text) => void (kept = text),
    remove: async () => void (kept = null),
    isShared: false,
  }
}
