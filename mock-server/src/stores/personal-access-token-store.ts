import { MockServerError } from '../mock-server-error.js'

/** A personal access token to seed. */
export interface MockPersonalAccessToken {
  /** Starts with `pat_`. */
  token: string
  /** The user it belongs to. */
  sub: string
  /** Space-separated. */
  scope: string
  workspace_id?: string
  /** Milliseconds since the epoch; without it the token does not expire. */
  expiresAt?: number
}

/** The personal access tokens of a mock. */
export interface PersonalAccessTokenStore {
  /** @throws MockServerError `invalid_option` for a token without the `pat_` prefix */
  add(token: MockPersonalAccessToken): void
  get(token: string): MockPersonalAccessToken | undefined
  revoke(token: string): void
}

/** A store of personal access tokens. */
export function createPersonalAccessTokenStore(
  tokens: readonly MockPersonalAccessToken[],
): PersonalAccessTokenStore {
  const byToken = new Map<string, MockPersonalAccessToken>()
  const add = (token: MockPersonalAccessToken): void => {
    if (!/^pat_[\w-]{8,}$/.test(token.token)) {
      throw new MockServerError('invalid_option', 'A personal access token is pat_ and 8 or more characters')
    }
    byToken.set(token.token, { ...token })
  }
  tokens.forEach(add)
  return { add, get: (token) => byToken.get(token), revoke: (token) => void byToken.delete(token) }
}
