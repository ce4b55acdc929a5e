import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import { lockPrefix, tellByLock } from './session-lock.js'

/** The newest revision of a session, and whether it ended, as all tabs tell it. */
export interface SessionRevisions {
  /** Tells that this revision of the session is stored, or its end. Await it before the refresh lock is released. */
  readonly announce: (id: string, fact: number | 'end') => Promise<void>
  /** The newest revision any tab told of, and whether the session ended. */
  readonly query: (id: string) => Promise<{ readonly revision: number; readonly isEnded: boolean }>
}

export function createSessionRevisions(options: ResolvedOptions, environment: Environment): SessionRevisions {
  let releaseRevision: () => void = () => undefined
  return {
    announce: async (id, fact) => {
      const release = await tellByLock(options, environment, id, fact)
      releaseRevision()
      releaseRevision = release
    },
    query: async (id) => {
      const { held = [] } = (await environment.locks?.query().catch(() => null)) ?? {}
      const told = held.map(({ name = '' }) => name.split(lockPrefix(options, id))[1])
      // What is no number is no revision: NaN is greater than nothing.
      const revision = told.map(Number).reduce((most, next) => (next > most ? next : most), -1)
      return { revision, isEnded: told.includes('end') }
    },
  }
}
