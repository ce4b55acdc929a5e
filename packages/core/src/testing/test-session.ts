import type { Session } from '../session/session.js'
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
    version: 1,
    issuer: ISSUER,
    clientId: 'test',
    id,
    revision: 0,
    accessToken: accessToken ?? 'tok_test_1',
    refreshToken: 'test-refresh-token',
    idToken: toUnsignedToken(user),
    scope: scopes.join(' '),
    receivedAt: now,
    expiresIn,
    nonce: 'test',
    tokenEndpoint: `${ISSUER}/oauth2/token`,
    revocationEndpoint: null,
    attemptedAt: null,
  }
}

/** A JWT without a signature, so that the user is read from it as in production. */
export function toUnsignedToken(user: TestUser): string {
  return [{ alg: 'none' }, { sub: 'usr_test', ...user }, ''].map(toBase64Url).join('.')
}

function toBase64Url(part: object | string): string {
  if (typeof part === 'string') return part
  const bytes = new TextEncoder().encode(JSON.stringify(part))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}
