import type { Authority } from '../authority.js'
import { createJsonDraft } from '../pipeline/response-draft.js'
import { supportedUserClaims } from '../protocol/user-claims.js'
import type { EndpointHandler } from './endpoint-handler.js'

/** `GET /.well-known/openid-configuration` and `/.well-known/oauth-authorization-server`: one document. */
export const processDiscoveryRequest: EndpointHandler = (_exchange, authority) =>
  createJsonDraft(toDiscoveryDocument(authority), { headers: { 'Cache-Control': 'no-cache' } })

/** Spatio's `DiscoveryDocument`. It names what is there and nothing else (RFC 8414 2). */
function toDiscoveryDocument(authority: Authority): Record<string, unknown> {
  const issuer = authority.issuer()
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    userinfo_endpoint: `${issuer}/oauth2/userinfo`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    registration_endpoint: `${issuer}/oauth2/register`,
    introspection_endpoint: `${issuer}/oauth2/introspect`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    scopes_supported: Object.keys(authority.options.scopes),
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    prompt_values_supported: ['none', 'login', 'consent'],
    claims_supported: [
      ...['iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'at_hash'],
      ...supportedUserClaims,
    ],
    ...(authority.options.issParameter ? { authorization_response_iss_parameter_supported: true } : {}),
  }
}
