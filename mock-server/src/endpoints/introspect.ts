import type { Authority } from '../authority.js'
import { createJsonDraft } from '../pipeline/response-draft.js'
import { findBearer, identifyBearer, type Bearer } from '../protocol/bearer-token.js'
import { authenticateClient } from '../protocol/client-authentication.js'
import { requireForm, requireParameter } from '../protocol/form-request.js'
import { OAuthError } from '../protocol/oauth-error.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { EndpointHandler } from './endpoint-handler.js'

/**
 * `POST /oauth2/introspect` (RFC 7662), for access tokens and personal access tokens. Spatio asks for no
 * credentials; the option `introspectionAuth` turns the RFC's rule on.
 */
export const processIntrospectRequest: EndpointHandler = (exchange, authority) => {
  requireForm(exchange)
  const callerId = authority.options.introspectionAuth ? authenticateCaller(exchange, authority) : undefined
  const bearer = findBearer(requireParameter(exchange, 'token'), authority)
  const isForeign = callerId !== undefined && bearer?.clientId !== undefined && bearer.clientId !== callerId
  // Of a token that is not live for the caller nothing is told but that (RFC 7662 2.2).
  if (!bearer || isForeign) return createJsonDraft({ active: false })
  identifyBearer(exchange, bearer)
  return createJsonDraft(toIntrospectionResponse(bearer))
}

function authenticateCaller(exchange: Exchange, authority: Authority): string {
  const client = authenticateClient(exchange, authority.clients)
  if (client.token_endpoint_auth_method === 'none') {
    throw new OAuthError('invalid_client', 'A public client may not introspect', { status: 401 })
  }
  return client.client_id
}

/** Spatio's `IntrospectionResponse`: `token_type` is `oauth` or `pat`, the user is `user_id`. */
function toIntrospectionResponse(bearer: Bearer): Record<string, unknown> {
  return {
    active: true,
    token_type: bearer.kind,
    ...(bearer.clientId === undefined ? {} : { client_id: bearer.clientId }),
    user_id: bearer.sub,
    ...(bearer.workspaceId === undefined ? {} : { workspace_id: bearer.workspaceId }),
    scope: bearer.scope,
    ...(bearer.expiresAt === undefined ? {} : { exp: Math.floor(bearer.expiresAt / 1000) }),
  }
}
