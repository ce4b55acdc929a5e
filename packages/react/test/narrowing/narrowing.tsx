import {
  SignedIn,
  useSpatioAuth,
  useUser,
  type AuthState,
  type SpatioAuthError,
  type User,
} from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'

type Role = 'admin' | 'member'
const role = (of: User): Role => of.role

export function ByStatus(): ReactNode {
  const auth = useSpatioAuth()
  if (auth.status === 'authenticated') return role(auth.user)
  if (auth.status === 'error') return (auth.error satisfies SpatioAuthError).code
  // @ts-expect-error -- nobody is signed in here
  return auth.user.role
}

export function ByDestructuredFlag(): ReactNode {
  const { isAuthenticated, user } = useSpatioAuth()
  if (isAuthenticated) return role(user)
  // @ts-expect-error -- nobody is signed in here
  return user.role
}

export function BySelector(): ReactNode {
  const selected: Role | undefined = useSpatioAuth((state: AuthState) => state.user?.role)
  // @ts-expect-error -- a claim that is not registered
  useSpatioAuth((state) => state.user?.rank)
  return selected
}

export function ByGate(): ReactNode {
  const user: Role = useUser().role
  return <SignedIn when={(state) => state.user.role === user}>{(mine) => role(mine)}</SignedIn>
}
