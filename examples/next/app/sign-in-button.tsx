'use client'

import { SignedOut, useSpatioAuth } from '@spatio-labs/auth-react'

export function SignInButton() {
  const { signIn } = useSpatioAuth()
  return (
    <SignedOut>
      <button onClick={() => signIn()}>Sign in with Spatio</button>
    </SignedOut>
  )
}
