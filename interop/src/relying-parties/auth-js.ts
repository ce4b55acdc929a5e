import { Auth, type AuthConfig } from '@auth/core'
import type { JWT } from '@auth/core/jwt'
import type { ClientLibrary, Registration, RelyingParty, SignedIn } from '../relying-party.js'

const packageName = '@auth/core'

/** `Auth(request, config)` as its README shows: a provider of type `oidc`, found by its issuer. */
export const authJs: ClientLibrary = {
  name: packageName,
  packageName,
  readsCallbacks: true,
  create: createAuthJs,
}

/** An application with Auth.js in it, called as a framework calls it, and a browser that keeps its cookies. */
function createAuthJs(registration: Registration): RelyingParty {
  const cookies = new Map<string, string>()
  const application = new URL(registration.redirectUri).origin
  return {
    signIn: async (visit, options = {}) => {
      const config = createConfig(registration, options.maxAge)
      const call = (path: string, init: RequestInit = {}): Promise<Response> =>
        callAuth(new Request(new URL(path, application), init), config, cookies)
      const { csrfToken } = (await (await call('/auth/csrf')).json()) as { csrfToken: string }
      const start = await call('/auth/signin/spatio', {
        method: 'POST',
        body: new URLSearchParams({ csrfToken, callbackUrl: application }),
      })
      const authorizationUrl = getLocation(start)
      if (authorizationUrl.origin === application) throw new Error('Auth.js refuses to start')
      const callbackUrl = await visit(authorizationUrl)
      await call(callbackUrl.pathname + callbackUrl.search)
      const session = (await (await call('/auth/session')).json()) as { signedIn?: SignedIn } | null
      if (session?.signedIn === undefined) throw new Error('Auth.js made no session')
      return session.signedIn
    },
  }
}

function createConfig({ issuer, clientId, clientSecret }: Registration, maxAge?: number): AuthConfig {
  const parameters = {
    scope: 'openid profile email',
    ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
  }
  return {
    basePath: '/auth',
    secret: 'only-for-this-test',
    trustHost: true,
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
    providers: [
      {
        id: 'spatio',
        name: 'Spatio',
        type: 'oidc',
        issuer,
        clientId,
        ...(clientSecret === undefined
          ? { client: { token_endpoint_auth_method: 'none' } }
          : { clientSecret }),
        checks: ['pkce', 'state', 'nonce'],
        authorization: { params: parameters },
      },
    ],
    callbacks: {
      jwt: ({ token, account, profile }) => {
        if (!account) return token
        const { access_token: accessToken, refresh_token: refreshToken } = account
        return { ...token, signedIn: { sub: profile?.sub ?? undefined, accessToken, refreshToken } }
      },
      session: ({ session, token }: { session: object; token: JWT }) => ({
        ...session,
        expires: new Date(0).toISOString(),
        signedIn: token['signedIn'],
      }),
    },
  }
}

async function callAuth(
  request: Request,
  config: AuthConfig,
  cookies: Map<string, string>,
): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
  const response = await Auth(new Request(request, { headers }), config)
  for (const line of response.headers.getSetCookie()) {
    const [pair = '', ...attributes] = line.split(';')
    const [name = '', value = ''] = pair.split('=')
    const isGone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))
    if (isGone) cookies.delete(name)
    else cookies.set(name, value)
  }
  return response
}

function getLocation(response: Response): URL {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`Auth.js answers ${response.status} without a location`)
  return new URL(location)
}
