import * as client from 'openid-client'
import type { ClientLibrary, Registration, RelyingParty } from '../relying-party.js'

const packageName = 'openid-client'

/** As its README shows. It leaves the signature of an id_token that came by TLS to TLS (OIDC Core 3.1.3.7 (6)). */
export const openidClient: ClientLibrary = {
  name: packageName,
  packageName,
  readsCallbacks: true,
  create: (registration) => createRelyingParty(registration, [client.allowInsecureRequests]),
}

/** With its opt-in for signatures. */
export const openidClientWithSignatures: ClientLibrary = {
  ...openidClient,
  name: 'openid-client, `enableNonRepudiationChecks`',
  create: (registration) =>
    createRelyingParty(registration, [client.allowInsecureRequests, client.enableNonRepudiationChecks]),
}

/** The configuration of a registered client. */
export function discover(
  { issuer, clientId, clientSecret }: Registration,
  execute: ((config: client.Configuration) => void)[] = [client.allowInsecureRequests],
): Promise<client.Configuration> {
  const authentication = clientSecret === undefined ? client.None() : undefined
  return client.discovery(new URL(issuer), clientId, clientSecret, authentication, { execute })
}

function createRelyingParty(
  registration: Registration,
  execute: ((config: client.Configuration) => void)[],
): RelyingParty {
  let configuration: Promise<client.Configuration> | undefined
  return {
    signIn: async (visit, { maxAge } = {}) => {
      configuration ??= discover(registration, execute)
      const config = await configuration
      const pkceCodeVerifier = client.randomPKCECodeVerifier()
      const expectedState = client.randomState()
      const expectedNonce = client.randomNonce()
      const callbackUrl = await visit(
        client.buildAuthorizationUrl(config, {
          redirect_uri: registration.redirectUri,
          scope: 'openid profile email',
          code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
          code_challenge_method: 'S256',
          state: expectedState,
          nonce: expectedNonce,
          ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
        }),
      )
      const tokens = await client.authorizationCodeGrant(config, callbackUrl, {
        pkceCodeVerifier,
        expectedState,
        expectedNonce,
        idTokenExpected: true,
        ...(maxAge === undefined ? {} : { maxAge }),
      })
      return {
        sub: tokens.claims()?.sub,
        accessToken: tokens.access_token,
        refreshToken: tokens.refresh_token,
      }
    },
  }
}
