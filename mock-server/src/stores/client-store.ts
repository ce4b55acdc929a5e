import { MockServerError } from '../mock-server-error.js'
import { findRedirectUriProblem, toRedirectOrigin } from '../protocol/redirect-uri.js'

/** How a client proves itself at the token endpoint (Spatio's enum). */
export type TokenEndpointAuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post'
/** The grants Spatio has. */
export type GrantType = 'authorization_code' | 'refresh_token'

/** A registered client, in the words of RFC 7591. */
export interface RegisteredClient {
  client_id: string
  client_name: string
  redirect_uris: readonly string[]
  grant_types: readonly GrantType[]
  /** Space-separated scopes the client may ask for. */
  scope: string
  token_endpoint_auth_method: TokenEndpointAuthMethod
  /** Only of clients whose method is `client_secret_basic` or `client_secret_post`. */
  client_secret?: string
  client_uri?: string
  logo_uri?: string
  policy_uri?: string
  tos_uri?: string
}

/** A client to seed: an id and redirect URIs are enough, the rest is a public client with every scope. */
export type MockClient = Pick<RegisteredClient, 'client_id' | 'redirect_uris'> & Partial<RegisteredClient>

/** The clients of a mock. */
export interface ClientStore {
  /**
   * Registers a client. When the id is taken, what is given replaces what was there.
   * @throws MockServerError `invalid_option` for a redirect URI that cannot be registered
   */
  add(client: MockClient): RegisteredClient
  /** True when there was one to remove. */
  remove(clientId: string): boolean
  get(clientId: string): RegisteredClient | undefined
  list(): RegisteredClient[]
  /** Whether any client has a redirect URI on this origin: what CORS asks. */
  isRegisteredOrigin(origin: string): boolean
}

/** The client a mock has when nothing is said: public, PKCE, both grants, every scope. */
export const demoClient: MockClient = {
  client_id: 'demo-app',
  client_name: 'Spatio demo app',
  redirect_uris: ['http://localhost:5173/', 'http://127.0.0.1:5173/'],
}

/** A store of clients; `defaultScope` is what a seeded client without `scope` may ask for. */
export function createClientStore(clients: readonly MockClient[], defaultScope: string): ClientStore {
  const byId = new Map<string, RegisteredClient>()
  const add = (client: MockClient): RegisteredClient => {
    const registered = toRegisteredClient({ ...byId.get(client.client_id), ...client }, defaultScope)
    byId.set(registered.client_id, registered)
    return registered
  }
  clients.forEach(add)
  return {
    add,
    remove: (clientId) => byId.delete(clientId),
    get: (clientId) => byId.get(clientId),
    list: () => [...byId.values()],
    isRegisteredOrigin: (origin) => [...byId.values()].some((client) => hasOrigin(client, origin)),
  }
}

/** Whether one of the client's redirect URIs is on the origin. */
export function hasOrigin(client: RegisteredClient, origin: string): boolean {
  return client.redirect_uris.some((redirectUri) => toRedirectOrigin(redirectUri) === origin)
}

function toRegisteredClient(client: MockClient, defaultScope: string): RegisteredClient {
  if (!/^[\x21-\x7e]{1,255}$/.test(client.client_id)) {
    throw new MockServerError('invalid_option', 'A client_id is 1 to 255 printable ASCII characters')
  }
  if (client.redirect_uris.length === 0) {
    throw new MockServerError('invalid_option', `Client ${client.client_id} needs a redirect URI`)
  }
  for (const redirectUri of client.redirect_uris) {
    const problem = findRedirectUriProblem(redirectUri)
    if (problem) throw new MockServerError('invalid_option', `${redirectUri}: ${problem}`)
  }
  const method = client.token_endpoint_auth_method ?? (client.client_secret ? 'client_secret_basic' : 'none')
  if ((method === 'none') === Boolean(client.client_secret)) {
    throw new MockServerError(
      'invalid_option',
      `Client ${client.client_id}: ${method} and its secret disagree`,
    )
  }
  return {
    ...client,
    client_name: client.client_name ?? client.client_id,
    redirect_uris: [...client.redirect_uris],
    grant_types: client.grant_types ?? ['authorization_code', 'refresh_token'],
    scope: client.scope ?? defaultScope,
    token_endpoint_auth_method: method,
  }
}
