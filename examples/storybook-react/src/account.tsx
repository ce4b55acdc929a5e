import { useSpatioAuth } from '@spatio-labs/auth-react'

export function Account() {
  const { status, user, error, signIn, signOut } = useSpatioAuth()
  if (status === 'loading') return <p>One moment …</p>
  if (status === 'authenticated')
    return (
      <p>
        Signed in as <strong data-testid="user-name">{user.name}</strong>{' '}
        <button onClick={() => signOut()}>Sign out</button>
      </p>
    )
  return (
    <p>
      {error && <span role="alert">{error.code}</span>} <button onClick={() => signIn()}>Sign in</button>
    </p>
  )
}
