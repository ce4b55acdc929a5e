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

// Keyed by client first: two clients may share the frozen `loading` snapshot.
const byClient = new WeakMap<SpatioAuth, ToAuthWithActions>()

/** The function that gives one object per snapshot of this client, so that an effect with `[auth]` cannot loop. */
export function getAuthWithActions(client: SpatioAuth): ToAuthWithActions {
  const known = byClient.get(client)
  if (known !== undefined) return known
  const created = createAuthWithActions(client)
  byClient.set(client, created)
  return created
}

function createAuthWithActions(client: SpatioAuth): ToAuthWithActions {
  const { signIn, signOut, getAccessToken, fetch, retry, preload, on } = client
  const bySnapshot = new WeakMap<AuthState, AuthWithActions>()
  return (state) => {
    const known = bySnapshot.get(state)
    if (known !== undefined) return known
    const merged = Object.freeze({ ...state, signIn, signOut, getAccessToken, fetch, retry, preload, on })
    bySnapshot.set(state, merged)
    return merged
  }
}
