import type { SpatioAuthError } from '../errors.js'

/**
 * Extend this once to type your own claims:
 * `declare module '@spatio-labs/auth' { interface Register { user: { role: string } } }`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the app's declaration merging
export interface Register {}

/** The user's claims that Spatio documents (OIDC Core 5.1); each needs its scope but `sub`. */
export interface SpatioClaims {
  /** Stable for the user's lifetime. */
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly given_name?: string
  readonly family_name?: string
  readonly preferred_username?: string
  readonly picture?: string
  /** Seconds since the epoch. */
  readonly updated_at?: number
}

/** Claims of the validated id_token without the protocol's own. Hints for a UI, never an authorization. */
export type User = Register extends { user: infer Claims } ? SpatioClaims & Readonly<Claims> : SpatioClaims

/** Why nobody is signed in. The exact code is in the `signed_out` event. */
export type UnauthenticatedReason =
  | 'initial'
  | 'signed-out'
  | 'signed-out-elsewhere'
  | 'expired'
  | 'revoked'
  | 'storage-cleared'
  | 'user-changed'
  | 'idle'

/** Before `ready()` has settled; once in a page's life, never during a refresh. */
export interface Loading {
  readonly status: 'loading'
  readonly isAuthenticated: false
  readonly user: null
  readonly scopes: readonly string[]
  readonly error: null
}

/** Somebody is signed in; `error` is what failed since without ending that. */
export interface Authenticated {
  readonly status: 'authenticated'
  readonly isAuthenticated: true
  /** The same object until a claim changes. */
  readonly user: User
  /** The scopes that were granted. */
  readonly scopes: readonly string[]
  /** Something failed that did not end the session, such as a refused callback or an overdue refresh. */
  readonly error: SpatioAuthError | null
}

/** Nobody is signed in, and why. */
export interface Unauthenticated {
  readonly status: 'unauthenticated'
  readonly isAuthenticated: false
  readonly user: null
  readonly scopes: readonly string[]
  readonly error: null
  readonly reason: UnauthenticatedReason
}

/** A sign-in or a restore failed and there is no session. */
export interface Failed {
  readonly status: 'error'
  readonly isAuthenticated: false
  readonly user: null
  readonly scopes: readonly string[]
  readonly error: SpatioAuthError
}

/** Whether somebody is signed in: a union on `status`, of which `isAuthenticated` and `user` narrow as well. */
export type AuthState = Loading | Authenticated | Unauthenticated | Failed

/** What changes by itself, apart from `AuthState` so that a refresh renders nothing. */
export interface Activity {
  readonly isRefreshing: boolean
  /** The sign-in or sign-out under way. */
  readonly pending: 'sign-in' | 'sign-out' | 'callback' | null
  /** When the access token expires, in ms since the epoch by this device's clock; null when unknown. */
  readonly expiresAt: number | null
}
