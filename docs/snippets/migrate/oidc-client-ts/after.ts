// #region set-up
import { createSpatioAuth } from '@spatio-labs/auth'

export const auth = createSpatioAuth({
  clientId: 'app_123',
  redirectPath: '/callback',
  storage: 'local',
})
// #endregion set-up

// #region callback
export const start = () => auth.ready()
// #endregion callback

// #region sign-in
export const signIn = () => auth.signIn()
// #endregion sign-in

// #region user
export function showUser(show: (name: string) => void) {
  const update = () => show(auth.getSnapshot().user?.name ?? 'nobody')
  update()
  return auth.subscribe(update)
}
// #endregion user

// #region token
export const loadNotes = () => auth.fetch('https://api.spatio.app/v1/notes')
// #endregion token

// #region sign-out
export const signOut = () => auth.signOut()
// #endregion sign-out
