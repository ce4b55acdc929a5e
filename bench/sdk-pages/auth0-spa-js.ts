import { createAuth0Client } from '@auth0/auth0-spa-js'
import { isAtRedirectUri, startPage } from './page.js'

void startPage(async ({ issuer, clientId, redirectUri, scope, prompt, maxAge, isSessionKept }) => {
  const auth0 = await createAuth0Client({
    domain: issuer,
    // Auth0's own issuers end in a slash, and that is what it expects unless told.
    issuer,
    clientId,
    authorizationParams: { redirect_uri: redirectUri, scope },
    ...(isSessionKept && { cacheLocation: 'localstorage' }),
  })
  return {
    isCallback: isAtRedirectUri,
    finishSignIn: () => auth0.handleRedirectCallback(),
    findUser: async () => ((await auth0.isAuthenticated()) ? ((await auth0.getUser())?.sub ?? '') : null),
    signIn: () =>
      auth0.loginWithRedirect({
        authorizationParams: {
          ...(prompt === undefined ? {} : { prompt }),
          ...(maxAge === undefined ? {} : { max_age: maxAge }),
        },
      }),
  }
})
