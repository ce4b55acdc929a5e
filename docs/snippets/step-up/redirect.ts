import { auth } from './auth'

// #region ask
export function askForNotes(draft: string) {
  const { scopes } = auth.getSnapshot()
  return auth.signIn({ scope: [...scopes, 'read:*'].join(' '), appState: { draft } })
}
// #endregion ask

// #region back
export async function restoreDraft() {
  await auth.ready()
  const appState = auth.getAppState()
  return typeof appState === 'object' && appState !== null && 'draft' in appState ? appState.draft : null
}
// #endregion back

// #region login
export function confirmIdentity() {
  return auth.signIn({ prompt: 'login', maxAge: 0 })
}
// #endregion login
