// #region provider
import type { ReactNode } from 'react'
import { createSpatioAuth, SpatioAuthProvider } from '@spatio-labs/auth-react'
import { useSpatioAuth, withAuthenticationRequired } from '@spatio-labs/auth-react'

const client = createSpatioAuth({ clientId: 'app_123' })

export function Providers({ children }: { children: ReactNode }) {
  return <SpatioAuthProvider client={client}>{children}</SpatioAuthProvider>
}
// #endregion provider

// #region hook
export function App() {
  const auth = useSpatioAuth()
  if (auth.status === 'loading') return <p>…</p>
  if (auth.status === 'error') return <p role="alert">{auth.error.message}</p>
  if (!auth.isAuthenticated) return <button onClick={() => auth.signIn()}>Sign in</button>
  return (
    <p>
      {auth.user.name} <button onClick={() => auth.signOut()}>Sign out</button>
    </p>
  )
}
// #endregion hook

// #region token
export function NotesButton({ show }: { show: (notes: unknown) => void }) {
  const auth = useSpatioAuth()
  const load = async () => {
    const response = await auth.fetch('https://api.spatio.app/v1/notes')
    show(await response.json())
  }
  return <button onClick={load}>Notes</button>
}
// #endregion token

// #region guard
const Account = () => <h1>Account</h1>

export const AccountRoute = withAuthenticationRequired(Account, {
  redirecting: <p>On to Spatio …</p>,
})
// #endregion guard
