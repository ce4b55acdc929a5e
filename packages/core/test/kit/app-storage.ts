import type { SessionStorage } from '../../src/options.js'
import type { FakeClock } from './fake-clock.js'

/** A storage of the app’s own, whose calls take as long as a test says (ms). */
export interface AppStorage extends SessionStorage {
  readonly kept: Map<string, string>
  readonly takes: { get: number; set: number }
  /** The clock of the world that the storage is in. */
  clock: FakeClock | null
}

export function openAppStorage(isShared = false): AppStorage {
  const kept = new Map<string, string>()
  const takes = { get: 0, set: 0 }
  const wait = (ms: number): Promise<unknown> =>
    ms === 0 ? Promise.resolve() : new Promise<void>((resolve) => storage.clock?.setTimer(resolve, ms))
  const storage: AppStorage = {
    ...{ kept, takes, isShared, clock: null },
    get: async (key) => wait(takes.get).then(() => kept.get(key) ?? null),
    set: async (key, value) => wait(takes.set).then(() => void kept.set(key, value)),
    remove: async (key) => void kept.delete(key),
  }
  return storage
}
