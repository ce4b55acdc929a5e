'use client'

import type { ReactNode } from 'react'
import { useSpatioAuth } from './use-spatio-auth.js'

/** What `<SignedOut>` shows, and what while it is not known. */
export interface SignedOutProps {
  readonly children?: ReactNode
  /** Shown before the session is restored. @default nothing */
  readonly loading?: ReactNode
}

/**
 * Shows its children when nobody is signed in, after a failed sign-in too.
 * @throws SpatioAuthError `provider_missing` outside `<SpatioAuthProvider>`
 */
export function SignedOut({ children, loading = null }: SignedOutProps): ReactNode {
  const status = useSpatioAuth((state) => state.status)
  if (status === 'loading') return loading
  return status === 'authenticated' ? null : children
}
