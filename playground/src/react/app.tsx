import { SignedIn } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { Dashboard } from './dashboard'
import { Hero } from './hero'
import { LoadingView } from './loading-view'

export function App(): ReactNode {
  return (
    <SignedIn loading={<LoadingView />} fallback={<Hero />}>
      {(user) => <Dashboard user={user} />}
    </SignedIn>
  )
}
