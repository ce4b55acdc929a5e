import type { Authenticated, SpatioAuthError, User } from '../dist/index.js'
import type { Component, Snippet } from 'svelte'

export interface SignedInProps {
  /** Gets the user: `{#snippet children(user)}`. */
  readonly children?: Snippet<[User]>
  /** What the signed-in user must fulfil beside being signed in. @default nothing */
  readonly when?: (state: Authenticated) => boolean
  /** For who is not signed in, or does not fulfil `when`. */
  readonly fallback?: Snippet
  /** Before the session is restored. */
  readonly loading?: Snippet
}

/**
 * Shows its children to who is signed in. It only hides: the data behind it needs the server's own check.
 * @throws SpatioAuthError `provider_missing` without `setSpatioAuth` above
 */
export declare const SignedIn: Component<SignedInProps>

export interface SignedOutProps {
  readonly children?: Snippet
  /** Before the session is restored. */
  readonly loading?: Snippet
}

/**
 * Shows its children when nobody is signed in, after a failed sign-in too.
 * @throws SpatioAuthError `provider_missing` without `setSpatioAuth` above
 */
export declare const SignedOut: Component<SignedOutProps>

export interface RequireAuthProps {
  readonly children?: Snippet<[User]>
  /** Where the user is after the sign-in; same origin only. @default the current URL */
  readonly returnTo?: string
  /** What the signed-in user must fulfil beside being signed in. @default nothing */
  readonly when?: (state: Authenticated) => boolean
  /** Before the session is restored. */
  readonly loading?: Snippet
  /** While the visitor is sent to Spatio. */
  readonly redirecting?: Snippet
  /** For who does not fulfil `when`. */
  readonly forbidden?: Snippet
  /** After a sign-out on purpose, which is not answered by a redirect. */
  readonly signedOut?: Snippet
  /** Without it the error is thrown: `<svelte:boundary>` gets it. */
  readonly error?: Snippet<[SpatioAuthError, () => void]>
}

/**
 * Shows its children to who is signed in and sends the others to Spatio, once the stored session has been looked for.
 * It only hides: the data behind it needs the server's own check.
 * @throws SpatioAuthError `provider_missing` without `setSpatioAuth` above; what failed, without `error`
 */
export declare const RequireAuth: Component<RequireAuthProps>
