import type { SpatioAuthErrorCode } from '../error-code.js'
import { SpatioAuthError, type SpatioAuthErrorPhase } from '../errors.js'

/** By how a code begins, the first that fits; the rest are of the callback. */
const PHASES: readonly (readonly [RegExp, SpatioAuthErrorPhase])[] = [
  [/^(config|crypto|environment|insecure|pkce|client|engine|provider|plugin|outside)_/, 'configuration'],
  [/^(discovery|issuer|metadata)_/, 'discovery'],
  [/^(navigation|login_loop|preload|test|framed|popup)/, 'authorization_request'],
  [/^(token_|scope_|id_token_missing)/, 'token'],
  [/^id_token_/, 'id_token'],
  [/^jwks_/, 'jwks'],
  [/^(refresh|session|subject)_/, 'refresh'],
  [/^revocation_/, 'sign_out'],
  [/^storage_/, 'storage'],
  [/^(not_authenticated|foreign|aborted|redirect)/, 'fetch'],
]

/** What the client itself marks as worth another try. */
const RETRYABLE: readonly SpatioAuthErrorCode[] = [
  'discovery_failed',
  'engine_load_failed',
  'jwks_fetch_failed',
  'jwks_key_not_found',
  'navigation_cancelled',
  'refresh_transient',
  'timeout',
  'token_request_failed',
]

/** The production error of a code. */
export function toTestError(code: SpatioAuthErrorCode): SpatioAuthError {
  const [, phase] = PHASES.find(([pattern]) => pattern.test(code)) ?? [null, 'callback' as const]
  return new SpatioAuthError(code, { phase, retryable: RETRYABLE.includes(code) })
}
