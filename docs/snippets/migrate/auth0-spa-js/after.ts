// #region set-up
import { createSpatioAuth } from '@spatio-labs/auth'

export const auth = createSpatioAuth({
  clientId: 'app_123',
  relayPath: '/relay.html',
  storage: 'local',
  allowedOrigins: ['https://api.planner.example'],
})
// #endregion set-up

// #region callback
export const start = () => auth.ready()
// #endregion callback

// #region sign-in
export const signIn = () => auth.signIn()
// #endregion sign-in

// #region popup
export const signInByPopup = () => auth.signIn({ mode: 'popup' })
// #endregion popup

// #region user
export function showUser(show: (name: string) => void) {
  const update = () => show(auth.getSnapshot().user?.name ?? 'nobody')
  update()
  return auth.subscribe(update)
}
// #endregion user

// #region token
export const loadNotes = () => auth.fetch('https://api.planner.example/notes')
// #endregion token

// #region sign-out
export async function signOut() {
  await auth.signOut()
  location.assign('/')
}
// #endregion sign-out
