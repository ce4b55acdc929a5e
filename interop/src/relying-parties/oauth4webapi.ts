import * as oauth from 'oauth4webapi'
import type { ClientLibrary, Registration, RelyingParty } from '../relying-party.js'

const packageName = 'oauth4webapi'
/** The mock is on loopback. */
export const insecure = { [oauth.allowInsecureRequests]: true } as const

/** As its examples show. It leaves the signature of an id_token that came by TLS to TLS (OIDC Core 3.1.3.7 (6)). */
export const oauth4webapi: ClientLibrary = {
  name: packageName,
  packageName,
  readsCallbacks: true,
  create: (registration) => createRelyingParty(registration, { checksSignature: false }),
}

/** With its opt-in for signatures. */
export const oauth4webapiWithSignatures: ClientLibrary = {
  ...oauth4webapi,
  name: 'oauth4webapi, `validateApplicationLevelSignature`',
  create: (registration) => createRelyingParty(registration, { checksSignature: true }),
}

/** The authority's metadata, validated. */
export async function discover(issuer: string): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer)
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, insecure))
}

function createRelyingParty(
  { issuer, clientId, redirectUri }: Registration,
  { checksSignature }: { checksSignature: boolean },
): RelyingParty {
  const client: oauth.Client = { client_id: clientId }
  let metadata: Promise<oauth.AuthorizationServer> | undefined
  return {
    signIn: async (visit, { maxAge } = {}) => {
      metadata ??= discover(issuer)
      const as = await metadata
      const verifier = oauth.generateRandomCodeVerifier()
      const state = oauth.generateRandomState()
      const nonce = oauth.generateRandomNonce()
      const url = await createAuthorizationUrl(as, { clientId, redirectUri, verifier, state, nonce })
      if (maxAge !== undefined) url.searchParams.set('max_age', String(maxAge))
      const parameters = oauth.validateAuthResponse(as, client, await visit(url), state)
      const response = await oauth.authorizationCodeGrantRequest(
        as,
        client,
        oauth.None(),
        parameters,
        redirectUri,
        verifier,
        insecure,
      )
      const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
        ...(maxAge === undefined ? {} : { maxAge }),
      })
      if (checksSignature) await oauth.validateApplicationLevelSignature(as, response, insecure)
      return {
        sub: oauth.getValidatedIdTokenClaims(tokens)?.sub,
        accessToken: tokens.access_token,
        refreshToken: tokens.refresh_token,
      }
    },
  }
}

interface AuthorizationParameters {
  clientId: string
  redirectUri: string
  verifier: string
  state: string
  nonce: string
}

async function createAuthorizationUrl(
  as: oauth.AuthorizationServer,
  request: AuthorizationParameters,
): Promise<URL> {
  const url = new URL(as.authorization_endpoint ?? '')
  url.searchParams.set('client_id', request.clientId)
  url.searchParams.set('redirect_uri', request.redirectUri)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('scope', 'openid profile email')
  url.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(request.verifier))
  url.searchParams.set('code_challenge_method', 'S256')
  url.searchParams.set('state', request.state)
  url.searchParams.set('nonce', request.nonce)
  return url
}
