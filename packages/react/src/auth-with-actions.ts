'use client'

import type { AuthState, SpatioAuth } from '@spatio-labs/auth'

/** The client's methods a component calls. They never change identity. */
export type AuthActions = Pick<
  SpatioAuth,
  'signIn' | 'signOut' | 'getAccessToken' | 'fetch' | 'retry' | 'preload' | 'on'
>

/** State and actions in one object; narrows by `status` and by a destructured `isAuthenticated`. */
export type AuthWithActions = AuthState & AuthActions

type ToAuthWithActions = (state: AuthState) => AuthWithActions

const ACTIONS = ['signIn', 'signOut', 'getAccessToken', 'fetch', 'retry', 'preload', 'on'] as const

// Keyed by client first: two clients may share the frozen `loading` snapshot.
const byClient = new WeakMap<SpatioAuth, ToAuthWithActions>()

/** The function that gives one object per snapshot of this client, so that an effect with `[auth]` cannot loop. */
export function getAuthWithActions(client: SpatioAuth): ToAuthWithActions {
  const known = byClient.get(client)
  if (known) return known
  const actions = Object.fromEntries(ACTIONS.map((name) => [name, client[name]])) as unknown as AuthActions
  const bySnapshot = new WeakMap<AuthState, AuthWithActions>()
  const toAuthWithActions: ToAuthWithActions = (state) => {
    const merged = bySnapshot.get(state) ?? Object.freeze({ ...state, ...actions })
    bySnapshot.set(state, merged)
    return merged
  }
  byClient.set(client, toAuthWithActions)
  return toAuthWithActions
}
