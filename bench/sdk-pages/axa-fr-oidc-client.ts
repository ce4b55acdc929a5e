import { OidcClient } from '@axa-fr/oidc-client'
import { isAtRedirectUri, startPage } from './page.js'

void startPage(async ({ issuer, clientId, redirectUri, scope, prompt, maxAge }) => {
  // Without the service worker, which its README calls optional: tokens are in sessionStorage then.
  const oidcClient = OidcClient.getOrCreate(() => fetch)({
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    authority: issuer,
  })
  await oidcClient.tryKeepExistingSessionAsync()
  return {
    isCallback: isAtRedirectUri,
    finishSignIn: () => oidcClient.loginCallbackAsync(),
    findUser: async () => {
      const { tokens } = oidcClient
      return tokens ? String((tokens.idTokenPayload as { sub?: unknown } | null)?.sub ?? '') : null
    },
    signIn: () =>
      oidcClient.loginAsync('/', {
        ...(prompt === undefined ? {} : { prompt }),
        ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
      }),
  }
})
