import type { MockUser } from '../stores/user-store.js'
import { hasScope } from './scope.js'

const profileClaims = [
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'picture',
  'updated_at',
] as const satisfies readonly (keyof MockUser)[]
const emailClaims = ['email', 'email_verified'] as const satisfies readonly (keyof MockUser)[]

/** Every claim about a user the authority can make. */
export const supportedUserClaims: readonly string[] = ['sub', ...profileClaims, ...emailClaims]

/**
 * What the scope lets a client know of a user: `sub` always, the rest by OIDC Core 5.4. Spatio says "their
 * respective scopes" without a table.
 */
export function toUserClaims(user: MockUser, scope: string, issuer: string): Record<string, unknown> {
  const names = [
    ...(hasScope(scope, 'profile') ? profileClaims : []),
    ...(hasScope(scope, 'email') ? emailClaims : []),
  ]
  const claims: Record<string, unknown> = { ...user.claims, sub: user.sub }
  for (const name of names) if (user[name] !== undefined) claims[name] = user[name]
  if (typeof claims['picture'] === 'string' && claims['picture'].startsWith('/')) {
    claims['picture'] = issuer + claims['picture']
  }
  return claims
}
