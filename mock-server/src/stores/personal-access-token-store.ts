import { MockServerError } from '../mock-server-error.js'
import type { MockClock } from '../mock-clock.js'
import type { IdSource } from '../ids.js'

/** A personal access token. */
export interface PersonalAccessToken {
  id: string
  /** Starts with `pat_`. */
  token: string
  /** The user it belongs to. */
  sub: string
  name: string
  description?: string
  /** Space-separated. */
  scope: string
  workspace_id?: string
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Milliseconds since the epoch. */
  lastUsedAt?: number
  /** Milliseconds since the epoch; without it the token does not expire. */
  expiresAt?: number
}

/** A personal access token to seed: the token, its user and its scope are enough. */
export type MockPersonalAccessToken = Pick<PersonalAccessToken, 'token' | 'sub' | 'scope'> &
  Partial<PersonalAccessToken>

/** The personal access tokens of a mock. */
export interface PersonalAccessTokenStore {
  /**
   * Adds a token, or replaces the one that reads the same.
   * @throws MockServerError `invalid_option` for a token without the `pat_` prefix
   */
  add(token: MockPersonalAccessToken): PersonalAccessToken
  /** Makes a new token: `pat_` and 32 random bytes. */
  issue(token: Omit<PersonalAccessToken, 'id' | 'token' | 'createdAt' | 'lastUsedAt'>): PersonalAccessToken
  /** A live token; undefined for one that is unknown, expired or revoked. */
  get(token: string): PersonalAccessToken | undefined
  /** The live tokens of a user, oldest first. */
  listOf(sub: string): PersonalAccessToken[]
  /** Notes that a token was used. */
  touch(token: string): void
  revoke(token: string): void
  sweep(now: number): void
  /** The tokens as plain JSON, for a later start. */
  toState(): PersonalAccessToken[]
}

/** A store of personal access tokens. */
export function createPersonalAccessTokenStore(
  clock: MockClock,
  ids: IdSource,
  tokens: readonly MockPersonalAccessToken[],
): PersonalAccessTokenStore {
  const byToken = new Map<string, PersonalAccessToken>()
  const add = (token: MockPersonalAccessToken): PersonalAccessToken => {
    if (!/^pat_[\w-]{8,}$/.test(token.token)) {
      throw new MockServerError('invalid_option', 'A personal access token is pat_ and 8 or more characters')
    }
    const id = token.id ?? ids('ptk_')
    const added = { name: 'Personal access token', createdAt: clock.now(), ...token, id }
    byToken.set(added.token, added)
    return added
  }
  const isLive = (token: PersonalAccessToken): boolean => (token.expiresAt ?? Infinity) > clock.now()
  tokens.forEach(add)
  return {
    add,
    issue: (token) => add({ ...token, token: ids('pat_') }),
    get: (token) => {
      const found = byToken.get(token)
      return found && isLive(found) ? found : undefined
    },
    listOf: (sub) => [...byToken.values()].filter((token) => token.sub === sub && isLive(token)),
    touch: (token) => {
      const found = byToken.get(token)
      if (found) found.lastUsedAt = clock.now()
    },
    revoke: (token) => void byToken.delete(token),
    sweep: (now) => {
      for (const [token, { expiresAt = Infinity }] of byToken) if (expiresAt <= now) byToken.delete(token)
    },
    toState: () => [...byToken.values()].map((token) => ({ ...token })),
  }
}
