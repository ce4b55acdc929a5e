import type { IdTokenClaims } from './id-token-claims.js'
import type { Metadata } from './metadata.js'
import type { TokenResponse } from './token-response.js'

/** The validated result of a sign-in. */
export interface TokenSet extends IdTokenClaims {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly scope: string
  /** ms since the epoch by this device's clock: lifetimes count from receipt. */
  readonly receivedAt: number
  /** Seconds; null when unknown. */
  readonly expiresIn: number | null
  readonly nonce: string
  readonly tokenEndpoint: string
  readonly revocationEndpoint: string | null
}

type ValidatedTokens = TokenResponse & { readonly scope: string }

export function toTokenSet(
  { accessToken, refreshToken, scope, expiresIn }: ValidatedTokens,
  claims: IdTokenClaims,
  nonce: string,
  { tokenEndpoint, revocationEndpoint }: Metadata,
  receivedAt: number,
): TokenSet {
  return {
    accessToken,
    refreshToken,
    ...claims,
    scope,
    receivedAt,
    expiresIn,
    nonce,
    tokenEndpoint,
    revocationEndpoint,
  }
}
