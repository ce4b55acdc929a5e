import type { FrontEnvironment } from '../environment.js'
import type { Emit } from '../events.js'
import type { FrontOptions } from '../options.js'
import { storageKey } from '../storage-names.js'
import type { StoredRecord } from './record-storage.js'

/** Where `storage` says; null for this page only, also, and told as degraded, where the browser blocks storage. */
export function openSessionStorage(
  options: FrontOptions,
  { openStorage }: FrontEnvironment,
  emit: Emit,
): StoredRecord | null {
  const { storage: place } = options
  const key = storageKey(options)
  if (place === 'memory') return null
  if (typeof place === 'object')
    return {
      read: async () => place.get(key),
      remove: async () => place.remove(key),
      isShared: place.isShared,
    }
  try {
    const area = openStorage(place)
    return {
      read: async () => area.getItem(key),
      remove: async () => area.removeItem(key),
      isShared: place === 'local',
    }
  } catch {
    emit('storage_degraded', { code: 'storage_unavailable' })
    return null
  }
}
