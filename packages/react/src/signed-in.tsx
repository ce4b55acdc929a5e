'use client'

import type { AuthState, User } from '@spatio-labs/auth'
import type { ReactNode } from 'react'
import { useSpatioAuth } from './use-spatio-auth.js'

export interface SignedInProps {
  /** A function gets the user. */
  readonly children?: ReactNode | ((user: User) => ReactNode)
  /** Shown to who is not signed in. @default nothing */
  readonly fallback?: ReactNode
  /** Shown before the session is restored. @default nothing */
  readonly loading?: ReactNode
}

/**
 * Shows its children to who is signed in. It only hides: the data behind it needs the server's own check.
 * @throws SpatioAuthError `provider_missing` outside `<SpatioAuthProvider>`
 */
export function SignedIn({ children, fallback = null, loading = null }: SignedInProps): ReactNode {
  const user = useSpatioAuth(toUserOrLoading)
  if (user === 'loading') return loading
  if (user === null) return fallback
  return typeof children === 'function' ? children(user) : children
}

function toUserOrLoading(state: AuthState): User | 'loading' | null {
  return state.status === 'loading' ? 'loading' : state.user
}
