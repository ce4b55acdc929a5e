import { OAuthError } from '../protocol/oauth-error.js'
import { authenticateClient } from '../protocol/client-authentication.js'
import { requireForm, requireParameter } from '../protocol/form-request.js'
import { hasOrigin, type GrantType, type RegisteredClient } from '../stores/client-store.js'
import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { EndpointHandler } from './endpoint-handler.js'
import { processAuthorizationCodeGrant } from './token-authorization-code.js'
import { processRefreshTokenGrant } from './token-refresh.js'

/** `POST /oauth2/token`: exchanges a code, or refreshes. */
export const processTokenRequest: EndpointHandler = async (exchange, authority) => {
  requireForm(exchange)
  const grantType = requireParameter(exchange, 'grant_type')
  if (!isGrantType(grantType)) {
    throw new OAuthError('unsupported_grant_type', 'grant_type is authorization_code or refresh_token')
  }
  const client = authenticateClient(exchange, authority.clients)
  requireOwnOrigin(exchange, authority, client)
  if (!client.grant_types.includes(grantType)) {
    throw new OAuthError('unauthorized_client', 'The client is not registered for this grant')
  }
  return grantType === 'authorization_code'
    ? processAuthorizationCodeGrant(exchange, authority, client)
    : processRefreshTokenGrant(exchange, authority, client)
}

function isGrantType(value: string): value is GrantType {
  return value === 'authorization_code' || value === 'refresh_token'
}

/** A page may only speak for clients that are registered on its origin (RFC 10017 6.3.3.4). */
function requireOwnOrigin(exchange: Exchange, authority: Authority, client: RegisteredClient): void {
  const origin = exchange.request.headers.get('origin')
  if (origin === null || hasOrigin(client, origin)) return
  if (origin === new URL(authority.issuer()).origin) return
  throw new OAuthError('invalid_request', 'The client has no redirect URI on the origin of this page')
}
