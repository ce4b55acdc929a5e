'use client'

import { SpatioAuthError, type User } from '@spatio-labs/auth'
import { useSpatioAuth } from './use-spatio-auth.js'

/**
 * The user, for components inside `<SignedIn>` or `<RequireAuth>`. Renders again when a claim changed.
 * @throws SpatioAuthError `not_authenticated` where nobody is signed in, `provider_missing` outside
 * `<SpatioAuthProvider>`
 */
export function useUser(): User {
  const user = useSpatioAuth((state) => state.user)
  if (user === null) throw new SpatioAuthError('not_authenticated', { phase: 'configuration' })
  return user
}
