import type { GrantType, TokenEndpointAuthMethod } from '../stores/client-store.js'
import { OAuthError } from './oauth-error.js'
import { findRedirectUriProblem } from './redirect-uri.js'
import { isScopeWithin, parseScope, registrationDefaultScope, type ScopeLabels } from './scope.js'

/** Client metadata that may be registered, with Spatio's defaults filled in. */
export interface ClientMetadata {
  client_name: string
  redirect_uris: string[]
  grant_types: GrantType[]
  response_types: ['code']
  scope: string
  token_endpoint_auth_method: TokenEndpointAuthMethod
  client_uri?: string
  logo_uri?: string
  policy_uri?: string
  tos_uri?: string
}

const linkNames = ['client_uri', 'logo_uri', 'policy_uri', 'tos_uri'] as const

/**
 * Checks a registration request (RFC 7591 2). Members we do not know are ignored, and no URL is fetched.
 *
 * @throws OAuthError `invalid_redirect_uri` or `invalid_client_metadata`
 */
export function validateClientMetadata(value: unknown, scopes: ScopeLabels): ClientMetadata {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OAuthError('invalid_client_metadata', 'The body must be a JSON object')
  }
  const metadata = new Map<string, unknown>(Object.entries(value))
  if (metadata.has('jwks') && metadata.has('jwks_uri')) {
    throw new OAuthError('invalid_client_metadata', 'jwks and jwks_uri exclude each other')
  }
  const grantTypes = validateGrantTypes(metadata.get('grant_types'))
  validateResponseTypes(metadata.get('response_types'))
  return {
    redirect_uris: validateRedirectUris(metadata.get('redirect_uris')),
    client_name: validateClientName(metadata.get('client_name')),
    grant_types: grantTypes,
    response_types: ['code'],
    scope: validateScope(metadata.get('scope'), scopes),
    token_endpoint_auth_method: validateAuthMethod(metadata.get('token_endpoint_auth_method')),
    ...validateLinks(metadata),
  }
}

function validateRedirectUris(value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OAuthError('invalid_redirect_uri', 'redirect_uris must list at least one URI')
  }
  if (value.length > 10) throw new OAuthError('invalid_redirect_uri', 'redirect_uris lists more than 10 URIs')
  return value.map((redirectUri: unknown) => {
    const problem = findRedirectUriProblem(redirectUri)
    if (problem !== undefined || typeof redirectUri !== 'string') {
      throw new OAuthError('invalid_redirect_uri', `Not registrable: ${problem ?? 'not a string'}`)
    }
    return redirectUri
  })
}

function validateClientName(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 200) {
    throw new OAuthError('invalid_client_metadata', 'client_name must be text of 1 to 200 characters')
  }
  if (/\p{Cc}/u.test(value)) {
    throw new OAuthError('invalid_client_metadata', 'client_name must not have control characters')
  }
  return value
}

function validateGrantTypes(value: unknown): GrantType[] {
  if (value === undefined) return ['authorization_code', 'refresh_token']
  const isKnown = (grantType: unknown): grantType is GrantType =>
    grantType === 'authorization_code' || grantType === 'refresh_token'
  // response_type code is all there is, and it needs the authorization_code grant (RFC 7591 2.1).
  if (!Array.isArray(value) || !value.every(isKnown) || !value.includes('authorization_code')) {
    throw new OAuthError(
      'invalid_client_metadata',
      'grant_types must have authorization_code and may have refresh_token',
    )
  }
  return [...new Set(value)]
}

function validateResponseTypes(value: unknown): void {
  if (value === undefined) return
  if (Array.isArray(value) && value.length === 1 && value[0] === 'code') return
  throw new OAuthError('invalid_client_metadata', 'response_types must be code')
}

function validateScope(value: unknown, scopes: ScopeLabels): string {
  if (value === undefined) return registrationDefaultScope
  const tokens = typeof value === 'string' ? parseScope(value) : undefined
  if (!tokens || !isScopeWithin(tokens.join(' '), Object.keys(scopes).join(' '))) {
    throw new OAuthError('invalid_client_metadata', 'scope must be names this server knows')
  }
  return tokens.join(' ')
}

function validateAuthMethod(value: unknown): TokenEndpointAuthMethod {
  if (value === undefined) return 'none'
  if (value === 'none' || value === 'client_secret_basic' || value === 'client_secret_post') return value
  throw new OAuthError(
    'invalid_client_metadata',
    'token_endpoint_auth_method must be none, client_secret_basic or client_secret_post',
  )
}

function validateLinks(
  metadata: ReadonlyMap<string, unknown>,
): Partial<Record<(typeof linkNames)[number], string>> {
  const links: Partial<Record<(typeof linkNames)[number], string>> = {}
  for (const name of linkNames) {
    const value = metadata.get(name)
    if (value === undefined) continue
    if (typeof value !== 'string' || value.length > 2_000 || !/^https:\/\/[\x21-\x7e]+$/.test(value)) {
      throw new OAuthError('invalid_client_metadata', `${name} must be an https URL`)
    }
    links[name] = value
  }
  return links
}
