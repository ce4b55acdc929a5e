import { auth } from './auth'

// #region here
export async function leave() {
  await auth.signOut()
  location.assign('/goodbye')
}
// #endregion here

// #region disconnect
export async function disconnect() {
  await auth.disconnectApp()
  location.assign('/goodbye')
}
// #endregion disconnect

// #region why
const sentences: Partial<Record<string, string>> = {
  'signed-out-elsewhere': 'You signed out in another tab.',
  expired: 'Your session has ended. Please sign in again.',
  revoked: 'Your session was ended at Spatio.',
  idle: 'You were signed out because nobody was here.',
}

export function whyNobodyIsSignedIn() {
  const state = auth.getSnapshot()
  return state.status === 'unauthenticated' ? (sentences[state.reason] ?? null) : null
}
// #endregion why
