import type { MockClock } from '../mock-clock.js'
import type { IdSource } from '../ids.js'

/** That a person is signed in at the authority, in one browser. */
export interface LoginSession {
  id: string
  sub: string
  /** Seconds since the epoch at which the user last proved who they are (`auth_time`). */
  authTime: number
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** The login sessions behind the authority's cookie. */
export interface LoginSessionStore {
  /** Starts a session under a new id: an id from before the login is never kept (session fixation). */
  start(sub: string): LoginSession
  get(id: string | undefined): LoginSession | undefined
  end(id: string): void
  endAllOf(sub: string): void
  sweep(now: number): void
  /** The sessions as plain JSON, for a later start. */
  toState(): LoginSession[]
}

/** A store of login sessions; `lifetime` in seconds, `initial` what an earlier store's `toState()` gave. */
export function createLoginSessionStore(
  clock: MockClock,
  ids: IdSource,
  lifetime: number,
  initial: readonly LoginSession[] = [],
): LoginSessionStore {
  const byId = new Map(initial.map((session) => [session.id, session]))
  const forget = (isOver: (session: LoginSession) => boolean): void => {
    for (const session of byId.values()) if (isOver(session)) byId.delete(session.id)
  }
  return {
    start: (sub) => {
      const now = clock.now()
      const id = ids('ses_')
      const session = { id, sub, authTime: Math.floor(now / 1000), expiresAt: now + lifetime * 1000 }
      byId.set(id, session)
      return session
    },
    get: (id) => {
      const session = id === undefined ? undefined : byId.get(id)
      return session && session.expiresAt > clock.now() ? session : undefined
    },
    end: (id) => void byId.delete(id),
    endAllOf: (sub) => forget((session) => session.sub === sub),
    sweep: (now) => forget((session) => session.expiresAt <= now),
    toState: () => [...byId.values()],
  }
}
