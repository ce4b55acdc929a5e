import type { FrontEnvironment } from '../environment.js'
import { storageKey } from '../storage-names.js'
import type { ResolvedOptions } from '../options.js'

/**
 * Facts about a session that must be seen by the next holder of its lock. In Chromium localStorage is not
 * ordered with Web Locks: a read inside a freshly granted lock can be stale. Lock names are ordered with
 * locks, so the newest revision, and that a session ended, are told by shared locks whose names carry them.
 */
export interface SessionRevisions {
  /** Tells that revision `revision` of the session is stored. Await it before the refresh lock is released. */
  readonly announce: (id: string, revision: number) => Promise<void>
  /** Tells that the session ended; no later answer may bring it back. */
  readonly announceEnd: (id: string) => Promise<void>
  /** The newest revision any tab told of, and whether the session ended. */
  readonly query: (id: string) => Promise<{ readonly revision: number; readonly isEnded: boolean }>
}

export function createSessionRevisions(
  options: ResolvedOptions,
  environment: FrontEnvironment,
): SessionRevisions {
  const { locks } = environment
  const prefix = (id: string) => `${storageKey(options)}#${id}#`
  let releaseRevision: () => void = () => undefined
  return {
    announce: async (id, revision) => {
      const release = await holdShared(locks, `${prefix(id)}${revision}`)
      releaseRevision()
      releaseRevision = release
    },
    announceEnd: async (id) => {
      await holdShared(locks, `${prefix(id)}end`)
    },
    query: async (id) => {
      const { held = [] } = (await locks?.query().catch(() => null)) ?? {}
      const told = held.map(({ name = '' }) => name.split(prefix(id))[1])
      // What is no number is no revision: NaN is greater than nothing.
      const revision = told.map(Number).reduce((most, next) => (next > most ? next : most), -1)
      return { revision, isEnded: told.includes('end') }
    },
  }
}

/** Holds a shared lock of this name until the returned function is called or the page ends. */
function holdShared(locks: LockManager | null, name: string): Promise<() => void> {
  return new Promise((resolve) => {
    if (locks === null) return resolve(() => undefined)
    const keep = () => new Promise<void>((letGo) => resolve(letGo))
    void locks.request(name, { mode: 'shared' }, keep).catch(() => resolve(() => undefined))
  })
}
