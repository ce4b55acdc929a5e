'use client'

import { useSpatioAuth } from '@spatio-labs/auth-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'

export function Navigation() {
  const { isAuthenticated, signOut } = useSpatioAuth()
  const router = useRouter()
  return (
    <nav>
      <Link href="/">Home</Link> <Link href="/account">Account</Link>{' '}
      {isAuthenticated && <button onClick={() => signOut().then(() => router.push('/'))}>Sign out</button>}
    </nav>
  )
}
