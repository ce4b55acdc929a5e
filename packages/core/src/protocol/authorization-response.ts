import { SigninResponse } from 'oidc-client-ts'
import type { SpatioAuthErrorCode } from '../error-code.js'
import { SpatioAuthError } from '../errors.js'
import { measureClockOffset } from './clock.js'
import { validateIdToken } from './id-token.js'
import type { JwksSource } from './jwks.js'
import type { Metadata, MetadataSource } from './metadata.js'
import type { ProtocolContext } from './protocol-context.js'
import { request } from './request.js'
import { processTokenResponse, toOAuthError, type TokenResponse } from './token-response.js'
import { toTokenSet, type TokenSet } from './token-set.js'
import { claimTransaction, type Transaction } from './transaction.js'

/** Parameters of an authorization response; each may come once (OAuth 2.1 3.1). */
const RESPONSE_PARAMS = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri']
/** A code flow answers with none of these (RFC 9700 2.1.2). */
const FRONT_CHANNEL_PARAMS = ['access_token', 'id_token', 'token_type', 'refresh_token']

/** How a sign-in ended; `transaction` is null when none of ours was found. */
export type SignInResult =
  | { readonly kind: 'signed-in'; readonly tokenSet: TokenSet; readonly transaction: Transaction }
  | {
      readonly kind: 'refused'
      readonly error: SpatioAuthError
      readonly transaction: Transaction | null
      /** Tokens that were issued and then refused: nobody may use them any more. */
      readonly discarded: DiscardedTokens | null
    }

export type DiscardedTokens = Pick<TokenSet, 'accessToken' | 'refreshToken' | 'revocationEndpoint'>

/** How far a callback got before it was refused. */
interface Progress {
  transaction: Transaction | null
  discarded: DiscardedTokens | null
}

export interface ProtocolSources {
  readonly metadata: MetadataSource
  readonly jwks: JwksSource
}

/**
 * Takes a callback's query to a validated token set, or refuses it; nothing is stored here
 * (RFC 6749 4.1.2 to 4.1.4, RFC 9207, OIDC Core 3.1.3.7).
 */
export async function processAuthorizationResponse(
  context: ProtocolContext,
  sources: ProtocolSources,
  query: string,
): Promise<SignInResult> {
  const progress: Progress = { transaction: null, discarded: null }
  try {
    const response = readResponse(query)
    const transaction = await claimTransaction(context, response.state)
    progress.transaction = transaction
    if (transaction.isExpired) throw refuse('transaction_expired')
    const tokenSet = await redeemResponse(context, sources, response, transaction, progress)
    return { kind: 'signed-in', tokenSet, transaction }
  } catch (error) {
    if (error instanceof SpatioAuthError) return { kind: 'refused', error, ...progress }
    throw error
  }
}

async function redeemResponse(
  context: ProtocolContext,
  sources: ProtocolSources,
  response: AuthorizationResponse,
  transaction: Transaction,
  progress: Progress,
): Promise<TokenSet> {
  const metadata = await sources.metadata.get()
  validateIssuer(response.iss, metadata, context.options.issuer)
  if (response.error !== null) throw toAuthorizationError(response, transaction)
  // Beside the exchange: the time is measured, and the keys are on their way when the id_token arrives.
  void sources.jwks.get(metadata.jwksUri).catch(() => undefined)
  const measured = measureClockOffset(context, transaction.redirectUri)
  const tokens = await exchangeCode(context, transaction, response.code)
  progress.discarded = { ...tokens, revocationEndpoint: metadata.revocationEndpoint }
  return validateTokens(context, sources, { metadata, transaction, tokens, offset: await measured })
}

type AuthorizationResponse = { readonly state: string; readonly iss: string | null } & (
  | { readonly code: string; readonly error: null }
  | { readonly code: null; readonly error: string; readonly description: string | null }
)

function readResponse(query: string): AuthorizationResponse {
  const params = new URLSearchParams(query)
  if (RESPONSE_PARAMS.some((name) => params.getAll(name).length > 1)) throw refuse('callback_duplicate_param')
  if (FRONT_CHANNEL_PARAMS.some((name) => params.has(name))) throw refuse('unexpected_response_params')
  if (!isWellEncoded(query)) throw refuse('callback_malformed', 'encoding')
  const state = params.get('state')
  if (!state) throw refuse('state_missing')
  // SigninResponse decodes the state a second time and cuts it at a `;`: only a state of our own alphabet may reach it.
  if (!/^[\w.-]+$/.test(state)) throw refuse('state_mismatch')
  const { code, error, error_description: description } = new SigninResponse(params)
  const iss = params.get('iss')
  if (code && error) throw refuse('callback_malformed', 'code and error')
  if (code) return { state, iss, code, error: null }
  if (error) return { state, iss, code: null, error, description }
  throw refuse('callback_malformed', 'no code')
}

/**
 * URLSearchParams mends broken percent-encoding in silence; a code that was mended is not the code. What is decoded is
 * looked at, because minifiers take the call for one without effects and drop it otherwise.
 */
function isWellEncoded(query: string): boolean {
  try {
    return decodeURIComponent(query) !== ''
  } catch {
    return false
  }
}

/** Which authority answered, before its code or error is used (RFC 9207 2.4): a plain string comparison. */
function validateIssuer(iss: string | null, metadata: Metadata, issuer: string): void {
  if (iss === null && metadata.isIssParameterSupported) throw refuse('response_iss_missing')
  if (iss !== null && iss !== issuer) throw refuse('response_iss_mismatch')
}

type InteractionCode =
  'login_required' | 'interaction_required' | 'consent_required' | 'account_selection_required'

/** The codes of OIDC Core 3.1.2.6 are ours too. */
function isInteractionCode(error: string): error is InteractionCode {
  return /^(login|interaction|consent|account_selection)_required$/.test(error)
}

function toAuthorizationError(
  { state, error, description }: Extract<AuthorizationResponse, { readonly code: null }>,
  { nonce }: Transaction,
): SpatioAuthError {
  const phase = 'callback'
  const oauth = toOAuthError(error, description, [state, nonce])
  if (isInteractionCode(error)) return new SpatioAuthError(error, { phase, oauth })
  const retryable = /^(server_error|temporarily_unavailable)$/.test(error)
  return new SpatioAuthError('authorization_error', { phase, oauth, retryable })
}

/**
 * Once: a code that is sent twice may end every token made from it (OAuth 2.1 4.1.3). To the endpoint that the
 * authority had when the user left, whatever its metadata says by now (RFC 9700 4.4.2).
 */
async function exchangeCode(
  context: ProtocolContext,
  transaction: Transaction,
  code: string,
): Promise<TokenResponse> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    code_verifier: transaction.codeVerifier,
    redirect_uri: transaction.redirectUri,
    client_id: context.options.clientId,
  })
  const url = transaction.tokenEndpoint
  const result = processTokenResponse(
    await request(context, { endpoint: 'token', url, form, cache: 'no-store' }),
  )
  if (result.kind === 'refused') throw result.error
  return result.tokens
}

interface Exchanged {
  readonly metadata: Metadata
  readonly transaction: Transaction
  readonly tokens: TokenResponse
  /** ms */
  readonly offset: number | null
}

async function validateTokens(
  context: ProtocolContext,
  { jwks }: ProtocolSources,
  { metadata, transaction, tokens, offset }: Exchanged,
): Promise<TokenSet> {
  const { options, environment } = context
  if (tokens.idToken === null) throw new SpatioAuthError('id_token_missing', { phase: 'token' })
  const time = {
    now: (environment.now() + (offset ?? 0)) / 1000,
    tolerance: options.clockTolerance,
    maxTokenAge: options.maxTokenAge,
    isMeasured: offset !== null,
  }
  const { nonce, maxAge } = transaction
  const expected = {
    issuer: options.issuer,
    clientId: options.clientId,
    nonce,
    isNonceOptional: false,
    maxAge,
    time,
  }
  const claims = await validateIdToken(
    { idToken: tokens.idToken, accessToken: tokens.accessToken, expected },
    metadata,
    jwks,
  )
  const scope = tokens.scope ?? transaction.scope
  const granted = scope.split(' ')
  if (!options.requiredScopes.every((required) => granted.includes(required))) {
    throw new SpatioAuthError('scope_insufficient', { phase: 'token' })
  }
  return toTokenSet({ ...tokens, scope }, claims, nonce, metadata, environment.now())
}

function refuse(code: SpatioAuthErrorCode, detail?: string): SpatioAuthError {
  return new SpatioAuthError(code, { phase: 'callback', detail })
}
