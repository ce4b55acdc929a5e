// #region provider
import type { ReactNode } from 'react'
import { AuthProvider, useAuth, withAuthenticationRequired } from 'react-oidc-context'

const settings = {
  authority: 'https://api.spatio.app',
  client_id: 'app_123',
  redirect_uri: `${location.origin}/`,
  scope: 'openid profile email',
  onSigninCallback: () => history.replaceState(null, '', location.pathname),
}

export function Providers({ children }: { children: ReactNode }) {
  return <AuthProvider {...settings}>{children}</AuthProvider>
}
// #endregion provider

// #region hook
export function App() {
  const auth = useAuth()
  if (auth.isLoading) return <p>…</p>
  if (auth.error) return <p role="alert">{auth.error.message}</p>
  if (!auth.isAuthenticated) return <button onClick={() => auth.signinRedirect()}>Sign in</button>
  return (
    <p>
      {auth.user?.profile.name} <button onClick={() => auth.removeUser()}>Sign out</button>
    </p>
  )
}
// #endregion hook

// #region token
export function NotesButton({ show }: { show: (notes: unknown) => void }) {
  const { user } = useAuth()
  const load = async () => {
    const headers = { Authorization: `Bearer ${user?.access_token}` }
    const response = await fetch('https://api.spatio.app/v1/notes', { headers })
    show(await response.json())
  }
  return <button onClick={load}>Notes</button>
}
// #endregion token

// #region guard
const Account = () => <h1>Account</h1>

export const AccountRoute = withAuthenticationRequired(Account, {
  OnRedirecting: () => <p>On to Spatio …</p>,
})
// #endregion guard
