import type { Activity, AuthState, SpatioAuth, SpatioAuthError, User } from '@spatio-labs/auth'
import type { ComputedRef, ShallowRef } from 'vue'

/** What `useSpatioAuth()` gives, and what is usable anywhere: plain refs and functions, safe to spread. */
export interface SpatioAuthVue {
  readonly client: SpatioAuth
  /** The whole state: `state.status === 'authenticated'` narrows `state.user`, in templates too. */
  readonly state: Readonly<ShallowRef<AuthState>>
  readonly status: ComputedRef<AuthState['status']>
  readonly user: ComputedRef<User | null>
  readonly isAuthenticated: ComputedRef<boolean>
  readonly isLoading: ComputedRef<boolean>
  readonly error: ComputedRef<SpatioAuthError | null>
  /** What changes by itself; apart, so that a refresh renders nothing. */
  readonly activity: Readonly<ShallowRef<Activity>>
  readonly signIn: SpatioAuth['signIn']
  readonly signOut: SpatioAuth['signOut']
  readonly getAccessToken: SpatioAuth['getAccessToken']
  readonly fetch: SpatioAuth['fetch']
  readonly ready: SpatioAuth['ready']
  readonly retry: SpatioAuth['retry']
  readonly preload: SpatioAuth['preload']
  readonly requireUser: SpatioAuth['requireUser']
}
