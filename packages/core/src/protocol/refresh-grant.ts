import type { SpatioAuthErrorCode } from '../error-code.js'
import { SpatioAuthError } from '../errors.js'
import type { Session } from '../session/session.js'
import type { ProtocolSources } from './authorization-response.js'
import type { IdTokenClaims } from './id-token-claims.js'
import { validateIdToken } from './id-token.js'
import type { ProtocolContext } from './protocol-context.js'
import { request } from './request.js'
import { processTokenResponse, type TokenResult } from './token-response.js'

/**
 * Sends a refresh token (RFC 6749 6). No deadline: a sent refresh is never aborted, because its answer
 * carries the only live refresh token.
 */
export async function requestRefresh(
  context: ProtocolContext,
  url: string,
  refreshToken: string,
): Promise<TokenResult> {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: context.options.clientId,
  })
  const asked = { endpoint: 'token', url, form, cache: 'no-store', hasDeadline: false } as const
  return processTokenResponse(await request(context, asked))
}

/** What the general checks say of a changed claim, in the words of a refresh (OIDC Core 12.2). */
const CONTINUITY_CODES: Partial<
  Record<SpatioAuthErrorCode, 'refresh_issuer_changed' | 'refresh_audience_changed'>
> = {
  id_token_iss_mismatch: 'refresh_issuer_changed',
  id_token_aud_mismatch: 'refresh_audience_changed',
}

/**
 * Validates a refreshed id_token: everything a sign-in checks, and that it continues the earlier one
 * (OIDC Core 12.2). Its times are compared with the earlier token's, not with a clock: the device clock may
 * be wrong, a measured one is stale after a sleep, and the token came as the answer to our own request.
 */
export async function validateRefreshedIdToken(
  { options }: ProtocolContext,
  sources: ProtocolSources,
  session: Session,
  refreshed: { readonly idToken: string; readonly accessToken: string },
): Promise<IdTokenClaims> {
  const { issuer, clientId } = options
  const expected = { issuer, clientId, nonce: session.nonce, isNonceOptional: true, maxAge: null, time: null }
  const metadata = await sources.metadata.get()
  const claims = await validateIdToken({ ...refreshed, expected }, metadata, sources.jwks).catch(
    (error: unknown) => {
      const code = error instanceof SpatioAuthError ? CONTINUITY_CODES[error.code] : undefined
      throw code === undefined ? error : refuse(code)
    },
  )
  if (claims.user.sub !== session.user.sub) throw refuse('subject_changed')
  if (session.authTime !== null && claims.authTime !== null && claims.authTime !== session.authTime) {
    throw refuse('refresh_auth_time_changed')
  }
  if (claims.issuedAt < session.issuedAt - options.clockTolerance) throw refuse('id_token_iat_out_of_range')
  return claims
}

function refuse(code: SpatioAuthErrorCode): SpatioAuthError {
  return new SpatioAuthError(code, { phase: 'refresh' })
}
