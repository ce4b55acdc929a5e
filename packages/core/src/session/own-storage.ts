import type { Environment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { SessionStorage } from '../options.js'
import { withDeadline } from './deadline.js'
import type { RecordStorage } from './record-storage.js'
import { OWN_STORAGE_TIMEOUT } from './session-storage.js'

/**
 * A storage of the app's own: one call after the other, so that the removal of a sign-out is never overtaken by an
 * earlier write, and none that hangs.
 */
export function openOwnStorage(place: SessionStorage, key: string, environment: Environment): RecordStorage {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(call: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(() => withDeadline(environment, OWN_STORAGE_TIMEOUT, call(), refuse))
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    read: () => inTurn(async () => (await place.get(key)) ?? null),
    write: (text) => inTurn(async () => place.set(key, text)),
    remove: () => inTurn(async () => place.remove(key)),
    isShared: place.isShared ?? false,
  }
}

function refuse(): never {
  throw new SpatioAuthError('storage_unavailable', { phase: 'storage' })
}
