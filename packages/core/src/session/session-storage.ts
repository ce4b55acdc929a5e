import type { FrontEnvironment } from '../environment.js'
import type { Emit } from '../events.js'
import type { FrontOptions } from '../options.js'
import { storageKey } from '../storage-names.js'
import { withDeadline } from './deadline.js'
import type { StoredRecord } from './record-storage.js'

/** How long a storage of the app's own may take for one call (s). */
export const OWN_STORAGE_TIMEOUT = 2

/** Where `storage` says; null for this page only, also, and told as degraded, where the browser blocks storage. */
export function openSessionStorage(
  options: FrontOptions,
  environment: FrontEnvironment,
  emit: Emit,
): StoredRecord | null {
  const { storage: place } = options
  const key = storageKey(options)
  if (place === 'memory') return null
  if (typeof place === 'object') {
    const inTime = async <Result>(call: () => Promise<Result>) =>
      withDeadline(environment, OWN_STORAGE_TIMEOUT, call(), () => Promise.reject())
    return {
      read: () => inTime(() => place.get(key)),
      remove: () => inTime(() => place.remove(key)),
      isShared: place.isShared,
    }
  }
  try {
    const area = environment.openStorage(place)
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
