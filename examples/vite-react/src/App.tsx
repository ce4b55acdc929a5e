import { useSpatioAuth } from '@spatio-labs/auth-react'

export function App() {
  const { status, user, error, signIn, signOut } = useSpatioAuth()
  if (status === 'loading') return <p>…</p>
  if (status === 'authenticated')
    return (
      <p>
        <span data-testid="user-name">{user.name}</span> <button onClick={() => signOut()}>Sign out</button>
      </p>
    )
  return (
    <p>
      <button onClick={() => signIn()}>Sign in with Spatio</button> {error?.message}
    </p>
  )
}
