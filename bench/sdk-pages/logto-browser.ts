import LogtoClient, { type Prompt } from '@logto/browser'
import { isAtRedirectUri, startPage } from './page.js'

void startPage(({ issuer, clientId, redirectUri, scope, prompt, maxAge }) => {
  const logtoClient = new LogtoClient({
    endpoint: issuer,
    appId: clientId,
    scopes: scope.split(' '),
    // They hold offline_access, which Spatio does not know.
    includeReservedScopes: false,
  })
  return {
    isCallback: isAtRedirectUri,
    finishSignIn: () => logtoClient.handleSignInCallback(window.location.href),
    findUser: async () =>
      (await logtoClient.isAuthenticated()) ? (await logtoClient.getIdTokenClaims()).sub : null,
    signIn: () =>
      logtoClient.signIn({
        redirectUri,
        ...(prompt === undefined ? {} : { prompt: prompt as Prompt }),
        ...(maxAge === undefined ? {} : { extraParams: { max_age: String(maxAge) } }),
      }),
  }
})
