'use client'

import type { Authenticated, User } from '@spatio-labs/auth'
import type { ReactNode } from 'react'
import { useGate } from './use-gate.js'

/** What `<SignedIn>` shows, to whom, and what instead. */
export interface SignedInProps {
  /** A function gets the user. */
  readonly children?: ReactNode | ((user: User) => ReactNode)
  /** What the signed-in user must fulfil beside being signed in. @default nothing */
  readonly when?: (state: Authenticated) => boolean
  /** Shown to who is not signed in, or does not fulfil `when`. @default nothing */
  readonly fallback?: ReactNode
  /** Shown before the session is restored. @default nothing */
  readonly loading?: ReactNode
}

/**
 * Shows its children to who is signed in. It only hides: the data behind it needs the server's own check.
 * @throws SpatioAuthError `provider_missing` outside `<SpatioAuthProvider>`
 */
export function SignedIn({ children, when, fallback = null, loading = null }: SignedInProps): ReactNode {
  const gate = useGate(when)
  if (gate.kind === 'loading') return loading
  if (gate.kind !== 'open') return fallback
  return typeof children === 'function' ? children(gate.user) : children
}
