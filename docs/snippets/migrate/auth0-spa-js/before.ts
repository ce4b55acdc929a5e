// #region set-up
import { createAuth0Client } from '@auth0/auth0-spa-js'

export const auth0 = await createAuth0Client({
  domain: 'tenant.eu.auth0.com',
  clientId: 'app_123',
  authorizationParams: { redirect_uri: `${location.origin}/` },
  useRefreshTokens: true,
  cacheLocation: 'localstorage',
})
// #endregion set-up

// #region callback
export async function start() {
  if (!new URLSearchParams(location.search).has('code')) return
  const { appState } = await auth0.handleRedirectCallback<{ target: string }>()
  history.replaceState(null, '', appState?.target ?? '/')
}
// #endregion callback

// #region sign-in
export const signIn = () => auth0.loginWithRedirect({ appState: { target: location.pathname } })
// #endregion sign-in

// #region popup
export const signInByPopup = () => auth0.loginWithPopup()
// #endregion popup

// #region user
export async function showUser(show: (name: string) => void) {
  const isAuthenticated = await auth0.isAuthenticated()
  const user = await auth0.getUser()
  show(isAuthenticated ? (user?.name ?? '') : 'nobody')
}
// #endregion user

// #region token
export async function loadNotes() {
  const token = await auth0.getTokenSilently()
  return fetch('https://api.planner.example/notes', {
    headers: { Authorization: `Bearer ${token}` },
  })
}
// #endregion token

// #region sign-out
export const signOut = () => auth0.logout({ logoutParams: { returnTo: location.origin } })
// #endregion sign-out
