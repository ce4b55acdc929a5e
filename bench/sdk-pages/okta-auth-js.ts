import { OktaAuth } from '@okta/okta-auth-js'
import { startPage } from './page.js'

void startPage(({ issuer, clientId, redirectUri, scope, prompt, maxAge }) => {
  const authClient = new OktaAuth({
    issuer,
    clientId,
    redirectUri,
    authorizeUrl: `${issuer}/oauth2/authorize`,
    tokenUrl: `${issuer}/oauth2/token`,
    userinfoUrl: `${issuer}/oauth2/userinfo`,
    scopes: scope.split(' '),
    restoreOriginalUri: async () => undefined,
  })
  return {
    isCallback: () => authClient.isLoginRedirect(),
    finishSignIn: () => authClient.handleRedirect(),
    findUser: async () =>
      (await authClient.isAuthenticated())
        ? ((await authClient.tokenManager.getTokens()).idToken?.claims.sub ?? '')
        : null,
    signIn: () =>
      authClient.signInWithRedirect({
        ...(prompt === undefined ? {} : { prompt }),
        ...(maxAge === undefined ? {} : { maxAge }),
      }),
  }
})
