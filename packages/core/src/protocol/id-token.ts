import type { CompactJWSHeaderParameters } from 'jose'
import { decode, encode } from 'jose/base64url'
import {
  JOSEError,
  JWKSMultipleMatchingKeys,
  JWKSNoMatchingKey,
  JWSInvalid,
  JWSSignatureVerificationFailed,
} from 'jose/errors'
import { compactVerify } from 'jose/jws/compact/verify'
import { SpatioAuthError } from '../errors.js'
import type { SpatioAuthErrorCode } from '../error-code.js'
import {
  validateAtHash,
  validateIdTokenClaims,
  type IdTokenClaims,
  type IdTokenExpectation,
} from './id-token-claims.js'
import type { JwksSource, KeyResolver } from './jwks.js'
import type { Metadata } from './metadata.js'
import { ownMember, parseJsonObject } from './request.js'

/** Keys that are tried for a token without `kid`. */
const MOST_CANDIDATES = 8

export interface IdTokenInput {
  readonly idToken: string
  /** What `at_hash` is compared with. */
  readonly accessToken: string
  readonly expected: IdTokenExpectation
}

/**
 * Validates an id_token completely: form, algorithm, signature, claims, at_hash (OIDC Core 3.1.3.7, RFC 8725).
 * The signature is always verified, also where TLS would do (3.1.3.7 step 6).
 */
export async function validateIdToken(
  { idToken, accessToken, expected }: IdTokenInput,
  metadata: Metadata,
  jwks: JwksSource,
): Promise<IdTokenClaims> {
  const { alg, hasKid } = validateForm(idToken, metadata.idTokenAlgs)
  const payload = await verifySignature({ idToken, hasKid }, metadata, jwks)
  const claims = toObject(payload)
  if (claims === null) throw refuse('id_token_malformed', 'payload')
  const validated = validateIdTokenClaims(claims, expected)
  await validateAtHash(claims, accessToken, alg)
  return validated
}

/** The parts are strict base64url, the header is one we understand, and its alg is one we chose (not it). */
function validateForm(idToken: string, algs: readonly string[]): { alg: string; hasKid: boolean } {
  const parts = idToken.split('.')
  if (parts.length !== 3 || !parts.slice(0, 2).every((part) => /^[\w-]+$/.test(part)))
    throw refuse('id_token_malformed')
  const header = decodeObject(parts[0] ?? '')
  if (header === null) throw refuse('id_token_malformed', 'header')
  // An extension we do not know must be refused (RFC 7515 4.1.11).
  if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64'))
    throw refuse('id_token_malformed', 'crit')
  const typ = ownMember(header, 'typ')
  // An access token or logout token is not an id_token (RFC 8725 3.11).
  if (typ !== undefined && !(typeof typ === 'string' && /^(application\/)?jwt$/i.test(typ))) {
    throw refuse('id_token_malformed', 'typ')
  }
  const alg = ownMember(header, 'alg')
  if (typeof alg !== 'string') throw refuse('id_token_malformed', 'alg')
  if (!algs.includes(alg)) throw refuse('id_token_alg_rejected')
  if (!isCanonical(parts[2] ?? '')) throw refuse('id_token_malformed', 'signature')
  const kid = ownMember(header, 'kid')
  if (kid !== undefined && typeof kid !== 'string') throw refuse('id_token_malformed', 'kid')
  return { alg, hasKid: kid !== undefined }
}

/** Strict base64url: one text for one signature, so that no changed token is the same one (RFC 4648 3.5). */
function isCanonical(part: string): boolean {
  try {
    return encode(decode(part)) === part
  } catch {
    return false
  }
}

/** What a header or a payload says, verified or not; null when it is no JSON object. */
export function decodeObject(part: string): Record<string, unknown> | null {
  try {
    return toObject(decode(part))
  } catch {
    return null
  }
}

/** Bytes that are no UTF-8 are no JSON (RFC 7519 7.2): nothing in them is mended. */
function toObject(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    return parseJsonObject(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}

interface SignedToken {
  readonly idToken: string
  readonly hasKid: boolean
}

/** The verified payload, or why no key at hand fits: a set fetched anew may have the one that does. */
type Verification = Uint8Array | 'jwks_key_not_found' | 'id_token_signature_invalid'

async function verifySignature(
  token: SignedToken,
  metadata: Metadata,
  jwks: JwksSource,
): Promise<Uint8Array> {
  const found = await tryKeys(token, metadata, await jwks.get(metadata.jwksUri))
  if (typeof found !== 'string') return found
  const refetched = await jwks.refetch(metadata.jwksUri)
  // Nobody looked: the budget for refetches is used up, so a later attempt may find the key.
  if (refetched === null) throw new SpatioAuthError(found, { phase: 'id_token', retryable: true })
  const foundNow = await tryKeys(token, metadata, refetched)
  if (typeof foundNow === 'string') throw refuse(foundNow)
  return foundNow
}

/** Keys come from the issuer's set only, never from the header. */
async function tryKeys(
  { idToken, hasKid }: SignedToken,
  metadata: Metadata,
  keys: KeyResolver,
): Promise<Verification> {
  const algorithms = [...metadata.idTokenAlgs]
  try {
    return (await compactVerify(idToken, (header) => importable(keys, header), { algorithms })).payload
  } catch (error) {
    if (error instanceof JWKSNoMatchingKey) return 'jwks_key_not_found'
    const verified =
      error instanceof JWKSMultipleMatchingKeys ? await tryCandidates(idToken, algorithms, error) : null
    if (verified !== null) return verified
    const refused = toIdTokenError(error)
    // Without a kid a rotation shows only as a signature that no key fits.
    if (!hasKid && refused.code === 'id_token_signature_invalid') return refused.code
    throw refused
  }
}

/** A key that the browser cannot import is as good as absent. */
async function importable(keys: KeyResolver, header: CompactJWSHeaderParameters): Promise<CryptoKey> {
  try {
    return await keys(header)
  } catch (error) {
    throw error instanceof JOSEError ? error : new JWKSNoMatchingKey()
  }
}

async function tryCandidates(
  idToken: string,
  algorithms: string[],
  candidates: JWKSMultipleMatchingKeys,
): Promise<Uint8Array | null> {
  let tried = 0
  for await (const key of candidates) {
    if (tried++ === MOST_CANDIDATES) break
    const verified = await compactVerify(idToken, key, { algorithms }).catch(() => null)
    if (verified !== null) return verified.payload
  }
  return null
}

function toIdTokenError(error: unknown): SpatioAuthError {
  if (error instanceof JWSSignatureVerificationFailed) return refuse('id_token_signature_invalid')
  if (error instanceof JWKSMultipleMatchingKeys) return refuse('id_token_signature_invalid')
  if (error instanceof JWSInvalid) return refuse('id_token_malformed')
  // What remains is about the key: none for this algorithm, or one that is too weak behind leading zeros.
  return refuse('jwks_key_not_found')
}

function refuse(code: SpatioAuthErrorCode, detail?: string): SpatioAuthError {
  return new SpatioAuthError(code, { phase: 'id_token', detail })
}
