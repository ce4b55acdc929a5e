import { SignedIn, SignedOut, useSpatioAuth } from '@spatio-labs/auth-react'

export function Greeting() {
  const { signIn } = useSpatioAuth()
  return (
    <>
      <SignedIn>{(user) => <h1>Hello, {user.name}</h1>}</SignedIn>
      <SignedOut>
        <button onClick={() => signIn({ prompt: 'login' })}>Sign in</button>
      </SignedOut>
    </>
  )
}
