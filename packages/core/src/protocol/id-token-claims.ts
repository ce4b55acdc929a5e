import { encode } from 'jose/base64url'
import type { SpatioAuthErrorCode } from '../error-code.js'
import { SpatioAuthError } from '../errors.js'
import type { User } from '../session/auth-state.js'
import { toOwnClaims } from '../user-claims.js'
import { ownMember, ownText } from './request.js'

/** What is kept of an id_token, which itself is not: the user's own claims, and what the next one must continue. */
export interface IdTokenClaims {
  readonly user: User
  /** Seconds since the epoch, as the token says; null when it does not. */
  readonly authTime: number | null
  /** Seconds since the epoch. */
  readonly issuedAt: number
}

export interface IdTokenExpectation {
  readonly issuer: string
  readonly clientId: string
  readonly nonce: string
  /** A refreshed id_token may omit the nonce, never change it (OIDC Core 12.2). */
  readonly isNonceOptional: boolean
  /** Seconds, when the request carried max_age. */
  readonly maxAge: number | null
  /** The time to compare with, and what to allow. Null skips these checks: no clock we can trust. */
  readonly time: TimeExpectation | null
}

export interface TimeExpectation {
  /** Seconds since the epoch, measured (see `clock.ts`) or the device's. */
  readonly now: number
  /** Seconds */
  readonly tolerance: number
  /** Seconds since `iat` that are still fresh. */
  readonly maxTokenAge: number
  /** False when only the device clock was there: the error then names it. */
  readonly isMeasured: boolean
}

/** OIDC Core 3.1.3.7, steps 2 to 5 and 9 to 13, with what RFC 7519 says of the types. */
export function validateIdTokenClaims(claims: object, expected: IdTokenExpectation): IdTokenClaims {
  const iss = requireText(claims, 'iss')
  if (iss !== expected.issuer) throw refuse('id_token_iss_mismatch')
  validateAudience(claims, expected.clientId)
  const sub = requireText(claims, 'sub')
  // OIDC Core 2: at most 255 characters.
  if (sub.length > 255) throw refuse('id_token_claim_missing', 'sub')
  const times = validateTimes(claims, expected)
  validateNonce(claims, expected)
  return { ...times, user: toOwnClaims(claims) }
}

function validateAudience(claims: object, clientId: string): void {
  const aud = ownMember(claims, 'aud')
  if (aud === undefined) throw refuse('id_token_claim_missing', 'aud')
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!audiences.every((audience) => typeof audience === 'string')) throw refuse('id_token_malformed', 'aud')
  if (!audiences.includes(clientId)) throw refuse('id_token_aud_mismatch')
  if (audiences.some((audience) => audience !== clientId)) throw refuse('id_token_aud_untrusted')
  const azp = ownMember(claims, 'azp')
  if (azp !== undefined && azp !== clientId) throw refuse('id_token_azp_mismatch')
}

function validateTimes(
  claims: object,
  { time, maxAge }: IdTokenExpectation,
): Pick<IdTokenClaims, 'authTime' | 'issuedAt'> {
  const exp = requireTime(claims, 'exp')
  const iat = requireTime(claims, 'iat')
  const nbf = toTime(claims, 'nbf')
  const authTime = toTime(claims, 'auth_time')
  if (maxAge !== null && authTime === null) throw refuse('id_token_claim_missing', 'auth_time')
  const times = { authTime, issuedAt: iat }
  if (time === null) {
    if (exp <= iat) throw refuse('id_token_expired')
    return times
  }
  const { now, tolerance, maxTokenAge } = time
  const clock = time.isMeasured ? 'measured clock' : 'device clock'
  if (iat > now + tolerance) throw refuse('id_token_iat_out_of_range', clock)
  if (exp <= now - tolerance) throw refuse('id_token_expired', clock)
  if (nbf !== null && nbf > now + tolerance) throw refuse('id_token_not_yet_valid', clock)
  if (iat < now - maxTokenAge - tolerance) throw refuse('id_token_iat_out_of_range', clock)
  if (maxAge !== null && authTime !== null && authTime + maxAge < now - tolerance)
    throw refuse('id_token_auth_time_stale')
  return times
}

function validateNonce(claims: object, { nonce, isNonceOptional }: IdTokenExpectation): void {
  const found = ownMember(claims, 'nonce')
  if (found === undefined && isNonceOptional) return
  if (typeof found !== 'string' || found === '') throw refuse('id_token_nonce_missing')
  if (found !== nonce) throw refuse('id_token_nonce_mismatch')
}

/** The left half of the access token's hash, by the alg of the id_token (OIDC Core 3.1.3.6). Checked when present. */
export async function validateAtHash(claims: object, accessToken: string, alg: string): Promise<void> {
  const atHash = ownMember(claims, 'at_hash')
  if (atHash === undefined) return
  const digest = await crypto.subtle.digest(`SHA-${alg.slice(2)}`, new TextEncoder().encode(accessToken))
  const half = new Uint8Array(digest, 0, digest.byteLength / 2)
  if (atHash !== encode(half)) throw refuse('id_token_at_hash_mismatch')
}

function requireText(claims: object, name: string): string {
  const value = ownText(claims, name)
  if (value === null) throw refuse('id_token_claim_missing', name)
  return value
}

function requireTime(claims: object, name: string): number {
  const value = toTime(claims, name)
  if (value === null) throw refuse('id_token_claim_missing', name)
  return value
}

/** The last second of the year 9999: a later one is a number of milliseconds. */
const LAST_TIME = 253_402_300_799

/** A NumericDate: a number of seconds since the epoch (RFC 7519 2). */
function toTime(claims: object, name: string): number | null {
  const value = ownMember(claims, name)
  if (value === undefined) return null
  if (typeof value !== 'number' || !(value >= 0 && value <= LAST_TIME))
    throw refuse('id_token_malformed', name)
  return value
}

function refuse(code: SpatioAuthErrorCode, detail?: string): SpatioAuthError {
  return new SpatioAuthError(code, { phase: 'id_token', detail })
}
