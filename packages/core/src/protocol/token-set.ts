import type { Metadata } from './metadata.js'
import type { TokenResponse } from './token-response.js'

/** The validated result of a sign-in. */
export interface TokenSet {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly idToken: string
  readonly scope: string
  /** ms since the epoch by this device's clock: lifetimes count from receipt. */
  readonly receivedAt: number
  /** Seconds; null when unknown. */
  readonly expiresIn: number | null
  readonly nonce: string
  readonly tokenEndpoint: string
  readonly revocationEndpoint: string | null
}

type ValidatedTokens = TokenResponse & { readonly idToken: string; readonly scope: string }

export function toTokenSet(
  { accessToken, refreshToken, idToken, scope, expiresIn }: ValidatedTokens,
  nonce: string,
  { tokenEndpoint, revocationEndpoint }: Metadata,
  receivedAt: number,
): TokenSet {
  return {
    accessToken,
    refreshToken,
    idToken,
    scope,
    receivedAt,
    expiresIn,
    nonce,
    tokenEndpoint,
    revocationEndpoint,
  }
}
