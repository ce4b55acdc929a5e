import { UserManager } from 'oidc-client-ts'
import { isAtRedirectUri, startPage } from './page.js'

void startPage(({ issuer, clientId, redirectUri, scope, prompt, maxAge }) => {
  const userManager = new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
  })
  return {
    isCallback: isAtRedirectUri,
    finishSignIn: () => userManager.signinRedirectCallback(),
    findUser: async () => (await userManager.getUser())?.profile.sub ?? null,
    signIn: () =>
      userManager.signinRedirect({
        ...(prompt === undefined ? {} : { prompt }),
        ...(maxAge === undefined ? {} : { max_age: maxAge }),
      }),
  }
})
