import type { User } from './session/auth-state.js'

/** Claims that speak about the token, not about the user (OIDC Core 2). */
const PROTOCOL_CLAIMS = new Set(
  '__proto__ iss aud exp iat nbf jti nonce at_hash c_hash azp auth_time acr amr sid'.split(' '),
)

/** The user's own claims, frozen, and sorted so that equal claims compare equal. */
export function toOwnClaims(claims: object): User {
  const own = Object.entries(claims).filter(([name]) => !PROTOCOL_CLAIMS.has(name))
  return Object.freeze(Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)))) as unknown as User
}
