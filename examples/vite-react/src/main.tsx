import { createSpatioAuth, SpatioAuthProvider, useSpatioAuth } from '@spatio-labs/auth-react'
import { createRoot } from 'react-dom/client'

const auth = createSpatioAuth({
  clientId: import.meta.env.VITE_SPATIO_CLIENT_ID,
  issuer: import.meta.env.VITE_SPATIO_ISSUER,
})

function App() {
  const { status, user, signIn, signOut } = useSpatioAuth()
  if (status === 'loading') return <p>…</p>
  if (status !== 'authenticated') return <button onClick={() => signIn()}>Sign in with Spatio</button>
  return (
    <p>
      <span data-testid="user-name">{user.name}</span> <button onClick={() => signOut()}>Sign out</button>
    </p>
  )
}

const root = createRoot(document.getElementById('root')!)
root.render(<SpatioAuthProvider client={auth} children={<App />} />)
