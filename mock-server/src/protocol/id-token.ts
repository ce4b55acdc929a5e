import { base64url } from 'jose'
import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { IdTokenClaims, SignedIdToken, UnsignedIdToken } from '../pipeline/pipeline.js'
import type { AccessToken } from '../stores/grant.js'
import { toSha256 } from './sha256.js'
import { toSigningInput } from './signing-input.js'
import { toUserClaims } from './user-claims.js'

/**
 * An id_token (OIDC Core 2) for the access token it comes with. Three stages look at it: its claims, its
 * header, and the signed whole; a token whose claims were changed is still signed validly.
 */
export async function createIdToken(
  exchange: Exchange,
  authority: Authority,
  accessToken: AccessToken,
  nonce: string | undefined,
): Promise<string> {
  const { pipeline, keys } = authority
  const claims = createClaims(authority, accessToken, nonce)
  const payload = JSON.stringify(await pipeline.run('claims', claims, exchange))
  const key = keys.active()
  const header = { alg: 'RS256', typ: 'JWT', kid: key.kid }
  const unsigned = await pipeline.run('header', { header, payload, key }, exchange)
  return (await pipeline.run('signature', await signIdToken(unsigned), exchange)).compact
}

/** Signs an id_token by its key, whatever its header says. */
export async function signIdToken(unsigned: UnsignedIdToken): Promise<SignedIdToken> {
  const input = toSigningInput(unsigned.header, unsigned.payload)
  return { ...unsigned, compact: `${input}.${base64url.encode(await unsigned.key.sign(input))}` }
}

/** The left half of the hash of an access token (OIDC Core 3.1.3.6). */
export function toAccessTokenHash(accessToken: string): string {
  return base64url.encode(toSha256(accessToken).slice(0, 16))
}

function createClaims(
  authority: Authority,
  accessToken: AccessToken,
  nonce: string | undefined,
): IdTokenClaims {
  const { grant, scope, token } = accessToken
  const issuer = authority.issuer()
  const user = authority.users.get(grant.sub) ?? { sub: grant.sub }
  const iat = Math.floor(authority.clock.now() / 1000)
  return {
    iss: issuer,
    ...toUserClaims(user, scope, issuer),
    aud: grant.clientId,
    exp: iat + authority.options.idTokenLifetime,
    iat,
    auth_time: grant.authTime,
    ...(nonce === undefined ? {} : { nonce }),
    at_hash: toAccessTokenHash(token),
  }
}
