import type { ClientStore, RegisteredClient } from '../stores/client-store.js'
import { isPkceText } from './code-challenge.js'
import type { OAuthErrorCode } from './oauth-error.js'
import type { RequestParameters } from './request-parameters.js'
import { isScopeWithin, parseScope, type ScopeLabels } from './scope.js'

/** A validated authorization request. */
export interface AuthorizationRequest {
  clientId: string
  redirectUri: string
  codeChallenge: string
  scope: string
  state?: string
  nonce?: string
  prompt?: 'none' | 'login' | 'consent'
  /** Seconds. */
  maxAge?: number
}

/** Where an authorization response goes, and the state it brings back. */
export type ResponseTarget = Pick<AuthorizationRequest, 'redirectUri' | 'state' | 'clientId'>

/**
 * What became of an authorization request. `untrusted` must never redirect (OAuth 2.1 4.1.2.1): the person is
 * shown a page. `refused` goes back to the redirect URI, which is known to be the client's.
 */
export type AuthorizationRequestResult =
  | { kind: 'valid'; request: AuthorizationRequest; client: RegisteredClient }
  | { kind: 'refused'; target: ResponseTarget; error: OAuthErrorCode; description: string }
  | { kind: 'untrusted'; problem: UntrustedProblem; client: RegisteredClient | undefined }

/** Why an authorization request cannot even be refused by a redirect. */
export type UntrustedProblem =
  | 'malformed'
  | 'repeated'
  | 'client-missing'
  | 'client-unknown'
  | 'redirect-missing'
  | 'redirect-unregistered'

/** The longest query that is read: with more, the request JWT would not fit a header. */
export const maximumQueryLength = 6_000

/** Checks an authorization request: first whom it may come from, then everything else. */
export function validateAuthorizationRequest(
  parameters: RequestParameters,
  clients: ClientStore,
  scopes: ScopeLabels,
): AuthorizationRequestResult {
  const clientId = parameters.get('client_id')
  const redirectUri = parameters.get('redirect_uri')
  const client = clientId === undefined ? undefined : clients.get(clientId)
  const untrusted = (problem: UntrustedProblem): AuthorizationRequestResult => ({
    kind: 'untrusted',
    problem,
    client,
  })
  if (parameters.isMalformed) return untrusted('malformed')
  if (isRepeated(parameters, 'client_id') || isRepeated(parameters, 'redirect_uri'))
    return untrusted('repeated')
  if (clientId === undefined) return untrusted('client-missing')
  if (!client) return untrusted('client-unknown')
  if (redirectUri === undefined) return untrusted('redirect-missing')
  // Strings are compared as registered: no normalising, no decoding, no prefix (RFC 9700 4.1.3).
  if (!client.redirect_uris.includes(redirectUri)) return untrusted('redirect-unregistered')
  const state = parameters.get('state')
  const target = { clientId, redirectUri, ...(state === undefined ? {} : { state }) }
  const problem = findRequestProblem(parameters, client, scopes)
  if (problem) return { kind: 'refused', target, error: problem[0], description: problem[1] }
  return { kind: 'valid', client, request: toAuthorizationRequest(parameters, target, client) }
}

type RequestProblem = [error: OAuthErrorCode, description: string]

function findRequestProblem(
  parameters: RequestParameters,
  client: RegisteredClient,
  scopes: ScopeLabels,
): RequestProblem | undefined {
  if (parameters.repeated.length > 0) return ['invalid_request', 'A parameter is repeated']
  const responseType = parameters.get('response_type')
  if (responseType === undefined) return ['invalid_request', 'response_type is missing']
  if (responseType !== 'code') return ['unsupported_response_type', 'response_type must be code']
  if (!client.grant_types.includes('authorization_code')) {
    return ['unauthorized_client', 'The client is not registered for the authorization_code grant']
  }
  return findCodeChallengeProblem(parameters) ?? findOpenIdProblem(parameters, client, scopes)
}

function findCodeChallengeProblem(parameters: RequestParameters): RequestProblem | undefined {
  const codeChallenge = parameters.get('code_challenge')
  if (codeChallenge === undefined) return ['invalid_request', 'code_challenge is missing: PKCE is required']
  // Without a method RFC 7636 means plain, which Spatio does not have.
  if (parameters.get('code_challenge_method') !== 'S256') {
    return ['invalid_request', 'code_challenge_method must be S256']
  }
  if (!isPkceText(codeChallenge)) {
    return ['invalid_request', 'code_challenge must be 43 to 128 unreserved characters']
  }
  return undefined
}

function findOpenIdProblem(
  parameters: RequestParameters,
  client: RegisteredClient,
  scopes: ScopeLabels,
): RequestProblem | undefined {
  const prompt = parameters.get('prompt')
  if (prompt !== undefined && !isPrompt(prompt)) {
    return ['invalid_request', 'prompt must be one of none, login, consent']
  }
  const maxAge = parameters.get('max_age')
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) {
    return ['invalid_request', 'max_age must be a whole number of seconds, 0 or more']
  }
  const scope = parameters.get('scope')
  if (scope === undefined) return undefined
  const tokens = parseScope(scope)
  if (!tokens) return ['invalid_scope', 'scope must be names separated by single spaces']
  if (tokens.some((token) => !Object.hasOwn(scopes, token))) return ['invalid_scope', 'A scope is unknown']
  if (!isScopeWithin(tokens.join(' '), client.scope)) {
    return ['invalid_scope', 'A scope is not among those the client is registered for']
  }
  return undefined
}

function toAuthorizationRequest(
  parameters: RequestParameters,
  target: ResponseTarget,
  client: RegisteredClient,
): AuthorizationRequest {
  const scope = parameters.get('scope')
  const nonce = parameters.get('nonce')
  const prompt = parameters.get('prompt')
  const maxAge = parameters.get('max_age')
  return {
    ...target,
    codeChallenge: parameters.get('code_challenge') ?? '',
    // Spatio names no default for an absent scope; what the client is registered for is ours (OAuth 2.1 3.2.2.1).
    scope: scope === undefined ? client.scope : (parseScope(scope) ?? []).join(' '),
    ...(nonce === undefined ? {} : { nonce }),
    ...(prompt !== undefined && isPrompt(prompt) ? { prompt } : {}),
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
  }
}

function isPrompt(value: string): value is 'none' | 'login' | 'consent' {
  return value === 'none' || value === 'login' || value === 'consent'
}

function isRepeated(parameters: RequestParameters, name: string): boolean {
  return parameters.repeated.includes(name)
}
