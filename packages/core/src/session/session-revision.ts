import type { Environment } from '../environment.js'
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
  readonly close: () => void
}

export function createSessionRevisions(options: ResolvedOptions, environment: Environment): SessionRevisions {
  const { locks } = environment
  const prefix = (id: string) => `${storageKey(options)}#${id}#`
  const released = new Set<() => void>()
  let releaseRevision: () => void = () => undefined

  /** Holds a shared lock of this name until the returned function is called or the page ends. */
  const hold = (name: string): Promise<() => void> =>
    new Promise((resolve) => {
      if (locks === null) return resolve(() => undefined)
      void locks
        .request(name, { mode: 'shared' }, () => {
          return new Promise<void>((release) => {
            const letGo = () => {
              released.delete(letGo)
              release()
            }
            released.add(letGo)
            resolve(letGo)
          })
        })
        .catch(() => resolve(() => undefined))
    })

  return {
    announce: async (id, revision) => {
      const release = await hold(`${prefix(id)}${revision}`)
      releaseRevision()
      releaseRevision = release
    },
    announceEnd: async (id) => {
      await hold(`${prefix(id)}end`)
    },
    query: async (id) => {
      const held = (await locks?.query().catch(() => null))?.held ?? []
      const facts = held.flatMap(({ name }) => (name?.startsWith(prefix(id)) ? [name.slice(prefix(id).length)] : []))
      const revisions = facts.map(Number).filter(Number.isFinite)
      return { revision: Math.max(-1, ...revisions), isEnded: facts.includes('end') }
    },
    close: () => {
      for (const letGo of [...released]) letGo()
    },
  }
}
