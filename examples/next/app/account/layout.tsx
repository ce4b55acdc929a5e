'use client'

import { RequireAuth } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { SignInButton } from '../sign-in-button'

/** Guards every page below: the session is in the browser, so it is the browser that looks. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <RequireAuth loading={<p>…</p>} redirecting={<p>On to Spatio …</p>} signedOut={<SignInButton />}>
      {children}
    </RequireAuth>
  )
}
