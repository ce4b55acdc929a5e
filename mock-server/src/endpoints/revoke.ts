import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import { createEmptyDraft } from '../pipeline/response-draft.js'
import { authenticateClient } from '../protocol/client-authentication.js'
import { requireForm, requireParameter } from '../protocol/form-request.js'
import { OAuthError } from '../protocol/oauth-error.js'
import type { EndpointHandler } from './endpoint-handler.js'

/** `POST /oauth2/revoke` (RFC 7009): 200 and an empty body whether or not there was something to revoke. */
export const processRevokeRequest: EndpointHandler = (exchange, authority) => {
  requireForm(exchange)
  const token = requireParameter(exchange, 'token')
  requireOwner(token, exchange, authority)
  revokeToken(token, authority)
  return createEmptyDraft(200)
}

/** Spatio takes the token alone; a client that says who it is may only revoke what is its own. */
function requireOwner(token: string, exchange: Exchange, authority: Authority): void {
  const isNamed =
    exchange.form.get('client_id') !== undefined || exchange.request.headers.has('authorization')
  if (!isNamed) return
  const client = authenticateClient(exchange, authority.clients)
  const { grants } = authority
  const grant = (grants.getAccessToken(token) ?? grants.getRefreshToken(token))?.grant
  if (grant && grant.clientId !== client.client_id) {
    throw new OAuthError('invalid_grant', 'The token was issued to another client')
  }
}

/** Looks among tokens of every kind: a hint would only be a hint (RFC 7009 2.1). */
function revokeToken(token: string, authority: Authority): void {
  const refreshToken = authority.grants.getRefreshToken(token)
  // With a refresh token the access tokens of its grant go as well (RFC 7009 2.1).
  if (refreshToken) authority.grants.revokeGrant(refreshToken.grant.id)
  authority.grants.revokeAccessToken(token)
  authority.personalAccessTokens.revoke(token)
}
