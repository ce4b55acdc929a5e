import type { Exchange } from '../pipeline/exchange.js'
import type { ClientStore, RegisteredClient, TokenEndpointAuthMethod } from '../stores/client-store.js'
import { isConstantTimeEqual } from './constant-time-equal.js'
import { OAuthError } from './oauth-error.js'
import { decodeComponent } from './request-parameters.js'

interface PresentedCredentials {
  method: TokenEndpointAuthMethod
  clientId: string
  clientSecret: string
}

/**
 * The client that makes a form request, by the one method it is registered for (OAuth 2.1 2.4).
 *
 * @throws OAuthError `invalid_request` for two methods at once or no client at all; `invalid_client` (401)
 *   for an unknown client, a wrong secret or another method, which answer alike
 */
export function authenticateClient(exchange: Exchange, clients: ClientStore): RegisteredClient {
  const presented = parseCredentials(exchange)
  const client = clients.get(presented.clientId)
  const expected = client?.client_secret ?? 'no client has this secret'
  const isSecretRight = isConstantTimeEqual(presented.clientSecret, expected)
  if (!client || client.token_endpoint_auth_method !== presented.method) throw createRefusal(exchange)
  if (presented.method !== 'none' && !isSecretRight) throw createRefusal(exchange)
  exchange.clientId = client.client_id
  return client
}

function parseCredentials(exchange: Exchange): PresentedCredentials {
  const clientId = exchange.form.get('client_id')
  const clientSecret = exchange.form.get('client_secret')
  // private_key_jwt and client_secret_jwt are not among Spatio's methods.
  if (exchange.form.get('client_assertion') !== undefined) throw createRefusal(exchange)
  const authorization = exchange.request.headers.get('authorization')
  if (authorization === null) {
    if (clientId === undefined) throw new OAuthError('invalid_request', 'client_id is missing')
    if (clientSecret === undefined) return { method: 'none', clientId, clientSecret: '' }
    return { method: 'client_secret_post', clientId, clientSecret }
  }
  if (clientSecret !== undefined) {
    throw new OAuthError('invalid_request', 'More than one client authentication method')
  }
  const basic = parseBasicCredentials(authorization)
  if (!basic) throw createRefusal(exchange)
  if (clientId !== undefined && clientId !== basic.clientId) {
    throw new OAuthError('invalid_request', 'client_id differs from the Authorization header')
  }
  return basic
}

function parseBasicCredentials(authorization: string): PresentedCredentials | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  let text: string
  try {
    text = atob(encoded)
  } catch {
    return undefined
  }
  const separator = text.indexOf(':')
  if (separator === -1) return undefined
  // Both halves are form-encoded before they are joined (RFC 6749 2.3.1).
  const clientId = decodeComponent(text.slice(0, separator))
  const clientSecret = decodeComponent(text.slice(separator + 1))
  if (clientId === undefined || clientSecret === undefined) return undefined
  return { method: 'client_secret_basic', clientId, clientSecret }
}

function createRefusal(exchange: Exchange): OAuthError {
  const headers: Record<string, string> = exchange.request.headers.has('authorization')
    ? { 'WWW-Authenticate': 'Basic realm="Spatio mock"' }
    : {}
  return new OAuthError('invalid_client', 'Client authentication failed', { status: 401, headers })
}
