'use client'

import { SpatioAuthError, type SpatioAuth } from '@spatio-labs/auth'
import { useContext } from 'react'
import { getSpatioAuthContext } from './spatio-auth-context.js'

/**
 * The client itself, for handlers and effects. Never makes the component render again.
 * @throws SpatioAuthError `provider_missing` outside `<SpatioAuthProvider>`
 */
export function useSpatioAuthClient(): SpatioAuth {
  const client = useContext(getSpatioAuthContext())
  if (client === null) throw new SpatioAuthError('provider_missing', { phase: 'configuration' })
  return client
}
