// #region set-up
import { UserManager, WebStorageStateStore } from 'oidc-client-ts'

export const userManager = new UserManager({
  authority: 'https://api.spatio.app',
  client_id: 'app_123',
  redirect_uri: `${location.origin}/callback`,
  scope: 'openid profile email',
  userStore: new WebStorageStateStore({ store: localStorage }),
})
// #endregion set-up

// #region callback
export async function start() {
  if (location.pathname !== '/callback') return userManager.getUser()
  const user = await userManager.signinRedirectCallback()
  history.replaceState(null, '', typeof user.state === 'string' ? user.state : '/')
  return user
}
// #endregion callback

// #region sign-in
export const signIn = () => userManager.signinRedirect({ state: location.href })
// #endregion sign-in

// #region user
export async function showUser(show: (name: string) => void) {
  const user = await userManager.getUser()
  show(user && !user.expired ? (user.profile.name ?? '') : 'nobody')
  userManager.events.addUserLoaded(({ profile }) => show(profile.name ?? ''))
  userManager.events.addUserUnloaded(() => show('nobody'))
}
// #endregion user

// #region token
export async function loadNotes() {
  let user = await userManager.getUser()
  if (user?.expired) user = await userManager.signinSilent()
  return fetch('https://api.spatio.app/v1/notes', {
    headers: { Authorization: `Bearer ${user?.access_token}` },
  })
}
// #endregion token

// #region sign-out
export async function signOut() {
  await userManager.revokeTokens()
  await userManager.removeUser()
}
// #endregion sign-out
