import { RequireAuth, useSpatioAuth, useUser } from '@spatio-labs/auth-react'

export function AccountRoute() {
  return (
    <RequireAuth loading={<p>…</p>} redirecting={<p>On to Spatio …</p>} signedOut={<SignInButton />}>
      <Account />
    </RequireAuth>
  )
}

function Account() {
  const user = useUser()
  return <h1>Hello, {user.name}</h1>
}

function SignInButton() {
  const { signIn } = useSpatioAuth()
  return <button onClick={() => signIn()}>Sign in with Spatio</button>
}
