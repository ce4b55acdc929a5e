import type { User } from '../session/auth-state.js'
import type { Session } from '../session/session.js'
import { toOwnClaims } from '../user-claims.js'
import type { TestSession, TestUser } from './test-auth.js'

const ISSUER = 'https://api.spatio.app'
const SCOPES = ['openid', 'profile', 'email']

/** A session as a sign-in leaves it; the tokens are marked as those of a test and open nothing. */
export function toTestSession(
  { user, scopes = SCOPES, accessToken, expiresIn = 3600 }: TestSession,
  id: string,
  now: number,
): Session {
  return {
    version: 2,
    issuer: ISSUER,
    clientId: 'test',
    id,
    revision: 0,
    accessToken: accessToken ?? 'tok_test_1',
    refreshToken: 'test-refresh-token',
    user: toTestUser(user),
    authTime: null,
    issuedAt: now / 1000,
    userMark: 'test',
    scope: scopes.join(' '),
    receivedAt: now,
    expiresIn,
    nonce: 'test',
    tokenEndpoint: `${ISSUER}/oauth2/token`,
    revocationEndpoint: null,
    attemptedAt: null,
  }
}

/** As production stores it: what JSON keeps, in one order and without the protocol's own claims. */
export function toTestUser(user: TestUser): User {
  return toOwnClaims(JSON.parse(JSON.stringify({ sub: 'usr_test', ...user })) as object)
}
