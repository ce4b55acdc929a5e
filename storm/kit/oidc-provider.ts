import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider'

/** What an independent authority is made to say wrong, until it is told otherwise. */
export interface Spoiling {
  /** Changes the query of the authorization request before the authority reads it. */
  request?: (query: URLSearchParams) => void
  /** Changes the callback URL before the browser follows it. */
  callback?: (url: URL) => void
}

/** oidc-provider on a port of its own: an authority by other people, with their reading of the specifications. */
export interface Authority {
  readonly issuer: string
  readonly spoil: Spoiling
  /** The paths of the requests it was sent, without preflights. */
  readonly paths: string[]
  readonly close: () => Promise<void>
}

export const PROVIDER_CLIENT = 'storm'

/** @param redirectUris where the only client, a public one, is sent back to; all on one origin */
export async function startOidcProvider(...redirectUris: readonly [string, ...string[]]): Promise<Authority> {
  const { origin } = new URL(redirectUris[0])
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The app's own site, or its frames would be without the authority's cookies.
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, createConfiguration(redirectUris, origin))
  const spoil: Spoiling = {}
  const paths: string[] = []
  provider.use(async (context: KoaContextWithOIDC, next: () => Promise<void>) => {
    if (context.method !== 'OPTIONS') paths.push(context.path)
    spoilRequest(context, spoil)
    await next()
    spoilCallback(context, origin, spoil)
  })
  const handle = provider.callback()
  server.on('request', (request, response) => void handle(request, response))
  return {
    issuer,
    spoil,
    paths,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
}

/** What Spatio does and oidc-provider leaves open: PKCE, rotation, CORS, a consent that needs no page of its own. */
function createConfiguration(redirectUris: readonly string[], appOrigin: string): Configuration {
  return {
    clients: [
      {
        client_id: PROVIDER_CLIENT,
        token_endpoint_auth_method: 'none',
        redirect_uris: [...redirectUris],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    cookies: { keys: ['only for this test'] },
    claims: { profile: ['name'], email: ['email'] },
    conformIdTokenClaims: false,
    features: { revocation: { enabled: true } },
    pkce: { required: () => true },
    ttl: {
      AccessToken: 3600,
      Grant: 3600,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 3600,
    },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    clientBasedCORS: (_context, origin) => origin === appOrigin,
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, name: `The user ${accountId}`, email: `${accountId}@example.test` }),
    }),
    loadExistingGrant: async (context) => {
      const { Grant } = context.oidc.provider
      const { client, session } = context.oidc
      const grant = new Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  }
}

function spoilRequest(context: KoaContextWithOIDC, { request }: Spoiling): void {
  if (context.path !== '/auth' || request === undefined) return
  const query = new URLSearchParams(context.querystring)
  request(query)
  context.querystring = query.toString()
}

function spoilCallback(context: KoaContextWithOIDC, appOrigin: string, { callback }: Spoiling): void {
  const location = context.res.getHeader('location')
  if (callback === undefined || typeof location !== 'string' || !location.startsWith(appOrigin)) return
  const url = new URL(location)
  callback(url)
  context.set('location', url.href)
}
