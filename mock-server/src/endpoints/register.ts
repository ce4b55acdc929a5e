import type { Exchange } from '../pipeline/exchange.js'
import { createJsonDraft } from '../pipeline/response-draft.js'
import { validateClientMetadata } from '../protocol/client-metadata.js'
import { OAuthError } from '../protocol/oauth-error.js'
import type { EndpointHandler } from './endpoint-handler.js'

/** `POST /oauth2/register` (RFC 7591): open registration, 10 an hour per address. */
export const processRegisterRequest: EndpointHandler = (exchange, authority) => {
  const metadata = validateClientMetadata(requireJson(exchange), authority.options.scopes)
  requireQuota(authority.registrationLimit.take(exchange.ip))
  const { ids } = authority.options
  const clientId = ids('app_')
  const isConfidential = metadata.token_endpoint_auth_method !== 'none'
  const secret = isConfidential ? { client_secret: ids('sec_') } : {}
  exchange.clientId = clientId
  const { response_types, ...registration } = metadata
  authority.clients.add({ ...registration, ...secret, client_id: clientId })
  // Spatio's response has no client_secret_expires_at, does not echo the links, and there is nothing at a
  // registration_client_uri to point to.
  const response = {
    client_id: clientId,
    ...secret,
    client_id_issued_at: Math.floor(exchange.startedAt / 1000),
    registration_access_token: ids('rat_'),
    client_name: metadata.client_name,
    redirect_uris: metadata.redirect_uris,
    grant_types: metadata.grant_types,
    response_types,
    scope: metadata.scope,
    token_endpoint_auth_method: metadata.token_endpoint_auth_method,
  }
  return createJsonDraft(response, { status: 201 })
}

/** `/oauth2/register/{client_id}`: not there. Spatio hands out a token for it and has no such path. */
export const refuseManagement: EndpointHandler = () => {
  throw new OAuthError('invalid_request', 'A registration cannot be managed', { status: 404 })
}

function requireJson({ body }: Exchange): unknown {
  if (body.kind === 'too-large')
    throw new OAuthError('invalid_request', 'The body is too large', { status: 413 })
  if (body.kind !== 'json') throw new OAuthError('invalid_request', 'The body must be application/json')
  return body.value
}

function requireQuota(waitSeconds: number | undefined): void {
  if (waitSeconds === undefined) return
  throw new OAuthError('rate_limit_exceeded', 'At most 10 registrations per hour and address', {
    status: 429,
    headers: { 'Retry-After': String(waitSeconds) },
  })
}
