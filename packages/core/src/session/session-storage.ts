import type { Environment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { ResolvedOptions, SessionStorage } from '../options.js'
import { storageKey } from '../storage-names.js'

/** How long a storage of the app's own may take for one call (ms). */
const OWN_STORAGE_TIMEOUT = 2000

/** Where the one session record of this issuer and client is kept. */
export interface RecordStorage {
  readonly read: () => Promise<string | null>
  /** Rejects when the text was not kept. */
  readonly write: (text: string) => Promise<void>
  readonly remove: () => Promise<void>
  /** True when other tabs read the same record. */
  readonly isShared: boolean
}

export interface OpenedSessionStorage {
  readonly storage: RecordStorage
  /** The browser blocks the storage asked for; the record lives in memory. */
  readonly isDegraded: boolean
}

export function openSessionStorage(options: ResolvedOptions, environment: Environment): OpenedSessionStorage {
  const { storage: place } = options
  const key = storageKey(options)
  if (place === 'memory') return { storage: memoryStorage(), isDegraded: false }
  if (typeof place === 'object') return { storage: ownStorage(place, key, environment), isDegraded: false }
  try {
    const area = environment.openStorage(place)
    return { storage: webStorage(area, key, place === 'local'), isDegraded: false }
  } catch {
    return { storage: memoryStorage(), isDegraded: true }
  }
}

function webStorage(area: Storage, key: string, isShared: boolean): RecordStorage {
  return {
    read: async () => area.getItem(key),
    write: async (text) => area.setItem(key, text),
    remove: async () => area.removeItem(key),
    isShared,
  }
}

function memoryStorage(): RecordStorage {
  let kept: string | null = null
  return {
    read: async () => kept,
    write: async (text) => void (kept = text),
    remove: async () => void (kept = null),
    isShared: false,
  }
}

/** One call after the other, so that the removal of a sign-out is never overtaken by an earlier write. */
function ownStorage(place: SessionStorage, key: string, { setTimer }: Environment): RecordStorage {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(call: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(
      () =>
        new Promise<Result>((resolve, reject) => {
          const late = () => reject(new SpatioAuthError('storage_unavailable', { phase: 'storage' }))
          const cancel = setTimer(late, OWN_STORAGE_TIMEOUT)
          call().finally(cancel).then(resolve, reject)
        }),
    )
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    read: () => inTurn(async () => place.get(key)),
    write: (text) => inTurn(async () => place.set(key, text)),
    remove: () => inTurn(async () => place.remove(key)),
    isShared: place.isShared ?? false,
  }
}
