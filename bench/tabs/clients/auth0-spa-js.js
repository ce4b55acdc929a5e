import { createAuth0Client } from '@auth0/auth0-spa-js'

/** @param {import('./main.js').Settings} settings @returns {Promise<import('./main.js').Client>} */
export async function openClient({ issuer, clientId }) {
  const auth0 = await createAuth0Client({
    domain: issuer,
    issuer,
    clientId,
    useRefreshTokens: true,
    cacheLocation: 'localstorage',
    authorizationParams: { redirect_uri: `${location.origin}/` },
  })
  if (new URLSearchParams(location.search).has('code')) {
    await auth0.handleRedirectCallback()
    history.replaceState(null, '', '/')
  }
  return {
    signIn: () => void auth0.loginWithRedirect(),
    getToken: async () => (await auth0.getTokenSilently()) ?? '',
    refresh: () => auth0.getTokenSilently({ cacheMode: 'off' }),
    read: () => auth0.getTokenSilently(),
    isSignedIn: () => auth0.isAuthenticated(),
  }
}
