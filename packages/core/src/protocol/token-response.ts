import { SpatioAuthError, type OAuthError } from '../errors.js'
import type { SpatioAuthErrorCode } from '../error-code.js'
import { isJson, ownMember, parseJsonObject, type EndpointAnswer } from './request.js'

/** The known members of a successful token response (RFC 6749 5.1); nothing else is copied. */
export interface TokenResponse {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly idToken: string | null
  /** Null means: as requested. */
  readonly scope: string | null
  /** Seconds; null when absent or nonsense. */
  readonly expiresIn: number | null
}

export type TokenResult =
  | { readonly kind: 'tokens'; readonly tokens: TokenResponse }
  | { readonly kind: 'refused'; readonly error: SpatioAuthError; readonly retryAfter: string | null }

/** Statuses with which an OAuth error is meant as one; a 5xx or 429 is about the server's day. */
const OAUTH_ERROR_STATUSES = [200, 400, 401, 403]

/** No answer, in the words of a token request. */
const FAILURES = {
  network: 'token_request_failed',
  timeout: 'timeout',
  redirect: 'redirect_rejected',
  too_large: 'token_response_invalid',
} as const

/** Reads what the token endpoint answered (RFC 6749 5.1, 5.2). */
export function processTokenResponse(answer: EndpointAnswer): TokenResult {
  if (answer.kind === 'failed')
    return refuse(FAILURES[answer.reason], { detail: answer.reason, retryable: true })
  const retryAfter = answer.headers.get('retry-after')
  const body = parseJsonObject(answer.body)
  const oauth = toOAuthErrorOf(body, answer.secrets)
  if (oauth !== undefined && isJson(answer.headers)) {
    return OAUTH_ERROR_STATUSES.includes(answer.status)
      ? refuse('token_endpoint_error', { oauth }, retryAfter)
      : refuse('token_request_failed', { oauth, retryable: true }, retryAfter)
  }
  if (answer.status !== 200) {
    return refuse('token_request_failed', { detail: `status ${answer.status}`, retryable: true }, retryAfter)
  }
  if (body === null || !isJson(answer.headers))
    return refuse('token_response_invalid', { detail: 'not JSON' })
  return readTokens(body)
}

/**
 * An OAuth error as inert text: printable ASCII of the grammar, cut (RFC 6749 5.2), without the secrets it repeats, as
 * they were sent or form-encoded.
 */
export function toOAuthError(error: string, description: unknown, secrets: readonly string[]): OAuthError {
  const clean = (text: string) =>
    [...secrets, ...secrets.map(encodeURIComponent)]
      .reduce((left, secret) => left.replaceAll(secret, '***'), text)
      .replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, ' ')
      .slice(0, 256)
  return { error: clean(error), description: typeof description === 'string' ? clean(description) : null }
}

/** The OAuth error in a JSON body, if it is one. */
export function toOAuthErrorOf(body: object | null, secrets: readonly string[]): OAuthError | undefined {
  const error = body === null ? undefined : ownMember(body, 'error')
  return body !== null && typeof error === 'string'
    ? toOAuthError(error, ownMember(body, 'error_description'), secrets)
    : undefined
}

function readTokens(body: Record<string, unknown>): TokenResult {
  const accessToken = ownMember(body, 'access_token')
  // It goes into a header: only what a Bearer token may hold (RFC 6750 2.1).
  if (!isToken(accessToken)) return refuse('token_response_invalid', { detail: 'access_token' })
  const type = ownMember(body, 'token_type')
  if (typeof type !== 'string') return refuse('token_response_invalid', { detail: 'token_type' })
  if (type.toLowerCase() !== 'bearer') return refuse('token_type_unsupported', {})
  const refreshToken = ownMember(body, 'refresh_token') ?? null
  const idToken = ownMember(body, 'id_token') ?? null
  const scope = ownMember(body, 'scope') ?? null
  if (refreshToken !== null && !isText(refreshToken))
    return refuse('token_response_invalid', { detail: 'refresh_token' })
  if (idToken !== null && !isText(idToken)) return refuse('token_response_invalid', { detail: 'id_token' })
  if (scope !== null && typeof scope !== 'string')
    return refuse('token_response_invalid', { detail: 'scope' })
  const expiresIn = toLifetime(ownMember(body, 'expires_in'))
  return { kind: 'tokens', tokens: { accessToken, refreshToken, idToken, scope, expiresIn } }
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.~+/-]+=*$/.test(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Servers send "3600" too; what is no positive, sane number of seconds means unknown. */
function toLifetime(value: unknown): number | null {
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof seconds === 'number' && seconds > 0 && seconds < 400 * 86_400 ? seconds : null
}

interface Refusal {
  readonly detail?: string
  readonly retryable?: boolean
  readonly oauth?: OAuthError
}

function refuse(code: SpatioAuthErrorCode, refusal: Refusal, retryAfter: string | null = null): TokenResult {
  return { kind: 'refused', error: new SpatioAuthError(code, { phase: 'token', ...refusal }), retryAfter }
}
