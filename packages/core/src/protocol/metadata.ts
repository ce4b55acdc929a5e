import { SpatioAuthError } from '../errors.js'
import { toMetadataUrl, type ResolvedOptions } from '../options.js'
import { isSecureUrl } from '../secure-url.js'
import {
  isJson,
  ownMember,
  ownText,
  parseJsonObject,
  request,
  type EndpointAnswer,
  type RequestContext,
} from './request.js'

/** The authority's metadata that we use, checked (OIDC Discovery 3, RFC 8414 2). */
export interface Metadata {
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly jwksUri: string
  readonly revocationEndpoint: string | null
  readonly userinfoEndpoint: string | null
  readonly introspectionEndpoint: string | null
  readonly registrationEndpoint: string | null
  /** What the id_token may be signed with: the authority's list and ours. */
  readonly idTokenAlgs: readonly string[]
  /** RFC 9207: the callback must carry `iss`. */
  readonly isIssParameterSupported: boolean
}

export interface MetadataSource {
  /** Fetched once per page; a failure is not kept. @param early the answer, where it was asked for already */
  readonly get: (early?: Promise<Response>) => Promise<Metadata>
}

/** Asymmetric signatures that every browser of our baseline verifies. HMAC and `none` are never accepted (RFC 8725 3.1). */
const ACCEPTED_ALGS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']

/** A request's context and the issuer whose metadata is asked for. */
export interface MetadataContext extends RequestContext {
  readonly options: Pick<ResolvedOptions, 'fetch' | 'requestTimeout' | 'issuer'>
}

export function createMetadataSource(context: MetadataContext): MetadataSource {
  let fetched: Promise<Metadata> | null = null
  return {
    get: (early) => {
      fetched ??= fetchMetadata(context, early).catch((error: unknown) => {
        fetched = null
        throw error
      })
      return fetched
    },
  }
}

async function fetchMetadata(context: MetadataContext, early?: Promise<Response>): Promise<Metadata> {
  const asked = { endpoint: 'discovery', url: toMetadataUrl(context.options), cache: 'default' } as const
  const first = await request(context, { ...asked, sent: early })
  const answer = isWorthRetrying(first) ? await request(context, asked) : first
  return validateMetadata(answer, context.options.issuer)
}

/** A GET is repeated once when the network or the server failed; nothing else is. */
export function isWorthRetrying(answer: EndpointAnswer): boolean {
  return answer.kind === 'answer' ? answer.status >= 500 : answer.reason === 'network'
}

function validateMetadata(answer: EndpointAnswer, issuer: string): Metadata {
  const document = toDocument(answer, issuer)
  const found = ownMember(document, 'issuer')
  if (typeof found !== 'string') throw refuse('metadata_missing', 'issuer')
  if (found !== issuer)
    throw refuse('issuer_mismatch', `configured ${issuer}, metadata ${found.slice(0, 256)}`)
  const metadata = {
    authorizationEndpoint: requireEndpoint(document, 'authorization_endpoint'),
    tokenEndpoint: requireOwnEndpoint(document, 'token_endpoint', issuer),
    jwksUri: requireEndpoint(document, 'jwks_uri'),
    revocationEndpoint:
      ownMember(document, 'revocation_endpoint') === undefined
        ? null
        : requireOwnEndpoint(document, 'revocation_endpoint', issuer),
    userinfoEndpoint: toOptionalEndpoint(document, 'userinfo_endpoint'),
    introspectionEndpoint: toOptionalEndpoint(document, 'introspection_endpoint'),
    registrationEndpoint: toOptionalEndpoint(document, 'registration_endpoint'),
    idTokenAlgs: toAlgs(ownMember(document, 'id_token_signing_alg_values_supported')),
    // Only the literal true counts (RFC 9207 3).
    isIssParameterSupported: ownMember(document, 'authorization_response_iss_parameter_supported') === true,
  }
  const methods = ownMember(document, 'code_challenge_methods_supported')
  // An authority that says nothing gets S256 all the same; one that excludes it is refused (RFC 9700 2.1.1).
  if (Array.isArray(methods) && !methods.includes('S256')) throw refuse('pkce_unsupported')
  return metadata
}

function toDocument(answer: EndpointAnswer, issuer: string): Record<string, unknown> {
  if (answer.kind === 'failed') {
    if (answer.reason === 'redirect') throw refuse('redirect_rejected')
    if (answer.reason === 'too_large') throw refuse('discovery_invalid', 'too large')
    throw refuse('discovery_failed', `${answer.reason}, ${new URL(issuer).origin}`)
  }
  const { status, headers, body } = answer
  // What came in its place, for the developer: of the media type only what cannot be anything else.
  const mediaType = /^[\w.+/-]{1,99}/.exec(headers.get('content-type') ?? '')?.[0] ?? 'no media type'
  const came = `status ${status}, ${mediaType}`
  if (status !== 200) throw refuse('discovery_failed', came)
  if (!isJson(headers)) throw refuse('discovery_invalid', came, true)
  const document = parseJsonObject(body)
  if (document === null) throw refuse('discovery_invalid', 'not a JSON object')
  return document
}

function requireEndpoint(document: object, name: string): string {
  const value = ownText(document, name)
  if (value === null) throw refuse('metadata_missing', name)
  if (!URL.canParse(value)) throw refuse('discovery_invalid', name)
  const url = new URL(value)
  // Before anything navigates there: no javascript:, no credentials, no fragment (OAuth 2.1 3.1).
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || value.includes('#')) {
    throw refuse('discovery_invalid', name)
  }
  if (!isSecureUrl(url)) throw refuse('insecure_endpoint', name)
  return value
}

/** Codes and tokens go to the issuer's own origin only. */
function requireOwnEndpoint(document: object, name: string, issuer: string): string {
  return requireOnOrigin(requireEndpoint(document, name), name, issuer)
}

/** An endpoint that no sign-in needs: it may be missing or elsewhere, never insecure. */
function toOptionalEndpoint(document: object, name: string): string | null {
  return ownMember(document, name) === undefined ? null : requireEndpoint(document, name)
}

/**
 * The optional endpoint that a call needs after all, on the issuer's own origin: tokens and secrets go there.
 * @throws SpatioAuthError `metadata_missing`, `issuer_mismatch`
 */
export function requireOptionalEndpoint(endpoint: string | null, name: string, issuer: string): string {
  if (endpoint === null) throw refuse('metadata_missing', name)
  return requireOnOrigin(endpoint, name, issuer)
}

function requireOnOrigin(endpoint: string, name: string, issuer: string): string {
  if (!isOnOrigin(endpoint, issuer)) throw refuse('issuer_mismatch', `${name} on another origin`)
  return endpoint
}

export function isOnOrigin(endpoint: string, issuer: string): boolean {
  return URL.canParse(endpoint) && new URL(endpoint).origin === new URL(issuer).origin
}

function toAlgs(listed: unknown): readonly string[] {
  if (!Array.isArray(listed)) return ['RS256']
  const algs = ACCEPTED_ALGS.filter((alg) => listed.includes(alg))
  if (algs.length === 0) throw refuse('config_invalid', 'algs')
  return algs
}

type DiscoveryCode =
  | 'discovery_failed'
  | 'discovery_invalid'
  | 'redirect_rejected'
  | 'issuer_mismatch'
  | 'metadata_missing'
  | 'insecure_endpoint'
  | 'pkce_unsupported'
  | 'config_invalid'

function refuse(
  code: DiscoveryCode,
  detail?: string,
  retryable: boolean = code === 'discovery_failed',
): SpatioAuthError {
  return new SpatioAuthError(code, { phase: 'discovery', retryable, detail })
}
