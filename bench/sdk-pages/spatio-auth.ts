import { createSpatioAuth } from '@spatio-labs/auth'
import { startPage } from './page.js'

void startPage(({ issuer, clientId, redirectUri, scope, prompt, maxAge }) => {
  const auth = createSpatioAuth({ issuer, clientId, redirectUri, scope })
  return {
    // `ready()` takes a callback where there is one.
    isCallback: () => false,
    finishSignIn: () => auth.ready(),
    findUser: async () => {
      const state = await auth.ready()
      if (state.error !== null && !state.isAuthenticated) throw state.error
      return state.isAuthenticated ? state.user.sub : null
    },
    signIn: () =>
      auth.signIn({
        ...(prompt === undefined ? {} : { prompt }),
        ...(maxAge === undefined ? {} : { maxAge }),
      }),
  }
})
