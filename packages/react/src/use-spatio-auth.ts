'use client'

import type { AuthState } from '@spatio-labs/auth'
import { getAuthWithActions, type AuthWithActions } from './auth-with-actions.js'
import { useSelection } from './use-selection.js'
import { useSpatioAuthClient } from './use-spatio-auth-client.js'

/**
 * State and actions: one object per snapshot. A refresh changes no snapshot, so it renders nothing.
 * @throws SpatioAuthError `provider_missing` outside `<SpatioAuthProvider>`
 */
export function useSpatioAuth(): AuthWithActions
/**
 * A part of the state. Renders again only when the part changed.
 * @param selector may be inline and may return a fresh object
 * @param isEqual @default Object.is
 * @throws SpatioAuthError `provider_missing` outside `<SpatioAuthProvider>`
 */
export function useSpatioAuth<Selection>(
  selector: (state: AuthState) => Selection,
  isEqual?: (a: Selection, b: Selection) => boolean,
): Selection
export function useSpatioAuth(
  selector?: (state: AuthState) => unknown,
  isEqual: (a: unknown, b: unknown) => boolean = Object.is,
): unknown {
  const client = useSpatioAuthClient()
  return useSelection(client, selector ?? getAuthWithActions(client), isEqual)
}
