import type { Authority } from '../authority.js'
import { createEmptyDraft, createJsonDraft } from '../pipeline/response-draft.js'
import { ApiError } from '../protocol/api-error.js'
import { getScopeLabel } from '../protocol/scope.js'
import type { Consent } from '../stores/consent-store.js'
import { authenticateBearer } from './api-bearer.js'
import type { EndpointHandler } from './endpoint-handler.js'

/** `GET /v1/account/connected-apps`: the apps the caller has granted access to. */
export const processConnectedAppsRequest: EndpointHandler = (exchange, authority) => {
  const { sub } = authenticateBearer(exchange, authority)
  const items = authority.consents.listOf(sub).map((consent) => toConnectedApp(consent, authority))
  return createJsonDraft({ items })
}

/** `DELETE /v1/account/connected-apps/{client_id}`: withdraws the consent and ends every token of that app. */
export const processConnectedAppDeletion: EndpointHandler = (exchange, authority) => {
  const { sub } = authenticateBearer(exchange, authority)
  const clientId = exchange.pathParameters['client_id'] ?? ''
  const wasConnected = authority.consents.withdraw(sub, clientId)
  if (!wasConnected) throw new ApiError(404, 'not_found', 'There is no active grant for that app')
  // A code that is still out would give tokens again.
  authority.codes.forgetAllOf({ sub, clientId })
  authority.grants.revokeAllOf({ sub, clientId })
  return createEmptyDraft(200)
}

/** Spatio's `ConnectedAppItem`. */
function toConnectedApp(consent: Consent, authority: Authority): Record<string, unknown> {
  const scopes = consent.scope.split(' ')
  const client = authority.clients.get(consent.clientId)
  const { logo_uri, client_uri, policy_uri, tos_uri } = client ?? {}
  return {
    client_id: consent.clientId,
    client_name: client?.client_name ?? consent.clientId,
    scopes,
    scope_labels: scopes.map((scope) => getScopeLabel(authority.options.scopes, scope)),
    granted_at: new Date(consent.grantedAt).toISOString(),
    logo_uri,
    client_uri,
    policy_uri,
    tos_uri,
  }
}
