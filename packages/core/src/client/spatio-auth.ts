import type { SpatioAuthEvent, SpatioAuthEventType } from '../events.js'
import type { Introspection } from '../introspection.js'
import type { Activity, Authenticated, AuthState, User } from '../session/auth-state.js'

/** How a sign-in is asked for: an authorization request (RFC 6749 4.1.1, OIDC Core 3.1.2.1) and what the app keeps of its place. */
export interface SignInOptions {
  /**
   * `redirect` leaves the page. `popup` keeps it: call it directly in a click handler. `iframe` asks in a hidden
   * frame whether the user is signed in at the authority (`prompt=none`). The last two need `relayPath`. @default 'redirect'
   */
  readonly mode?: 'redirect' | 'popup' | 'iframe'
  /** Where the user is after the callback; same origin only. @default the current URL */
  readonly returnTo?: string
  /** Space-separated scopes for this request. @default the client's `scope` */
  readonly scope?: string
  /** OIDC Core 3.1.2.1. @default none, but `login` after a sign-out (see `reauthenticateAfterSignOut`) */
  readonly prompt?: 'login' | 'consent' | 'none'
  /** Seconds since the user last typed their credentials; 0 asks again. OIDC Core 3.1.2.1 */
  readonly maxAge?: number
  /** Kept in this tab until the callback, then given back by `getAppState()`: JSON of at most 16 384 characters, no secret. */
  readonly appState?: unknown
  /**
   * Closes the popup, or ends the wait for the frame: `aborted`. A page that is being left is left. Heard once the code
   * for it has been loaded.
   */
  readonly signal?: AbortSignal
}

/** Starts a sign-in; what it promises depends on whether the page is left. */
export interface SignIn {
  /** By redirect: resolves never, because the page is left. */
  (options?: SignInOptions & { readonly mode?: 'redirect' }): Promise<never>
  /** In a popup or a hidden frame: resolves with the state after the sign-in. */
  (options: SignInOptions): Promise<AuthState>
}

/** What the token handed out must be good for. */
export interface AccessTokenOptions {
  /** Seconds the token must still live. @default 10 */
  readonly minValidity?: number
  /** Refresh even when the token is still good. @default false */
  readonly forceRefresh?: boolean
  /** Space-separated scopes the token must have; a missing one is `interaction_required`. */
  readonly scope?: string
  /** Ends the wait, never the refresh. Heard once the code for it has been loaded. */
  readonly signal?: AbortSignal
}

/** What a guarded route asks of its user, and where a sign-in that it starts comes back to. */
export interface RequireUserOptions {
  /** Where the user is after a sign-in that this starts; same origin only. @default the current URL */
  readonly returnTo?: string
  /** The router only loads ahead of a click: refuse with `preload_unauthenticated`, start no sign-in. @default false */
  readonly preload?: boolean
  /** What the signed-in user must fulfil beside being signed in. @default nothing */
  readonly when?: (state: Authenticated) => boolean
}

/**
 * The client. Every method is bound: `const { signIn } = auth` works.
 * Beside what each says, a call that returns a promise can be refused with `engine_load_failed` (its code could not be
 * loaded), in production `config_invalid` and `insecure_endpoint` (options that cannot work), `client_disposed`, `environment_unsupported` (on a server) and `popup_orphaned` (on a relay page). What asks
 * the authority with its metadata can fail with that: `discovery_failed`, `discovery_invalid`, `issuer_mismatch`,
 * `metadata_missing`, `insecure_endpoint`, `pkce_unsupported`, `config_invalid`, `redirect_rejected`.
 */
export interface SpatioAuth {
  /**
   * Starts the client: finishes a sign-in whose callback is in the URL, else restores the stored session.
   * Idempotent, never rejects, settles within `readyTimeout`.
   */
  readonly ready: () => Promise<AuthState>
  /** A new attempt after `error`: repeats a restore or an interrupted callback. */
  readonly retry: () => Promise<AuthState>
  /** The same frozen object until something changed. */
  readonly getSnapshot: () => AuthState
  /** Always `loading`: what a server renders and the first client render must equal. */
  readonly getServerSnapshot: () => AuthState
  /** @returns its unsubscribe */
  readonly subscribe: (listener: () => void) => () => void
  /** The same frozen object until something changed. */
  readonly getActivity: () => Activity
  /** @returns its unsubscribe */
  readonly subscribeActivity: (listener: () => void) => () => void
  /** Listens to one event, or to all with `'*'`. @returns its unsubscribe */
  readonly on: <Type extends SpatioAuthEventType>(
    type: Type | '*',
    listener: (event: SpatioAuthEvent<Type>) => void,
  ) => () => void
  /**
   * Sends the user to Spatio (RFC 6749 4.1.1, RFC 7636). Concurrent redirects share one navigation, concurrent
   * frames one frame; while a popup is open, a further call brings it to the front and is refused.
   * What fails is the promise's: the state stays as it was.
   * @throws SpatioAuthError `config_invalid`, `aborted`, `crypto_unavailable`, `storage_unavailable`, `storage_quota`,
   * those of the metadata · by redirect `navigation_cancelled`, `login_loop_detected`, `framed`,
   * `interaction_in_progress` · in a popup `popup_blocked`, `popup_closed`, `popup_timeout`, `interaction_in_progress` ·
   * in a frame `silent_timeout`, `subject_changed` (another user is signed in at the authority: the session here has
   * ended) · with `prompt: 'none'` `login_required` after a sign-out · in a popup and a frame what a callback can be
   * refused with, `login_required`, `consent_required` and `interaction_required` among it
   */
  readonly signIn: SignIn
  /** The `appState` of the sign-in whose callback this page has processed, refused ones too; else null. */
  readonly getAppState: () => unknown
  /**
   * The one guard primitive, for routers: waits for `ready()`, then gives the user, or sends the visitor to Spatio and
   * stays pending while the page is left. Concurrent guards share one navigation.
   * @throws SpatioAuthError `not_authenticated` after a sign-out on purpose (show the way in, do not redirect),
   * `preload_unauthenticated`, `interaction_required` when `when` says no, the state's error after a failed sign-in,
   * and those of `signIn`
   */
  readonly requireUser: (options?: RequireUserOptions) => Promise<User>
  /** Ends the session in every tab at once, then revokes its tokens (RFC 7009). Cannot fail. */
  readonly signOut: () => Promise<void>
  /**
   * Withdraws the user's consent to this app at Spatio, which ends all its tokens everywhere, then signs out here.
   * @throws SpatioAuthError `not_authenticated`, `revocation_failed` and `redirect_rejected` (the session is kept) and
   * those of `getAccessToken`
   */
  readonly disconnectApp: () => Promise<void>
  /**
   * A live access token, refreshed when it is about to expire. Never opens UI.
   * Accepts the official SDK's `(name, scopes)` call.
   * @throws SpatioAuthError `not_authenticated`, `interaction_required`, `aborted` · the session lives on after
   * `refresh_transient`, `refresh_rejected`, `refresh_token_missing` · it has ended after `session_expired`,
   * `refresh_reuse_suspected`, `subject_changed`, `refresh_issuer_changed`, `refresh_audience_changed`,
   * `refresh_auth_time_changed` and an `id_token_…` code
   */
  readonly getAccessToken: (
    options?: AccessTokenOptions | string,
    scopes?: readonly string[],
  ) => Promise<string>
  /**
   * `fetch` with the access token, for the issuer's origin and `allowedOrigins` only. Follows no redirect.
   * A 401 is answered by one refresh and one retry; the second answer is the app's.
   * What it is given is read when its code is there: a `URL` or `init` must not be changed after the call.
   * @throws SpatioAuthError `foreign_origin_rejected`, `redirect_rejected` and those of `getAccessToken`
   */
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>
  /**
   * Asks the authority who the user is now (OIDC Core 5.3), without the protocol's own claims. The session and
   * `user` stay as they are. A 401 is answered by one refresh and one retry.
   * @throws SpatioAuthError `userinfo_failed`, `userinfo_invalid`, `userinfo_subject_mismatch`, `timeout`,
   * `redirect_rejected`, those of the metadata and of `getAccessToken`
   */
  readonly getUserInfo: () => Promise<User>
  /**
   * Asks the authority whether a token is live and whose it is (RFC 7662): an access token or a personal one.
   * @param token default: the session's access token
   * @throws SpatioAuthError `introspection_failed`, `introspection_invalid`, `timeout`, `redirect_rejected`, those of the
   * metadata and, without `token`, of `getAccessToken`
   */
  readonly introspect: (token?: string) => Promise<Introspection>
  /**
   * Loads ahead of a click the two chunks that a sign-in needs; nothing is asked of the authority.
   * @throws SpatioAuthError `engine_load_failed` (retryable), and those of every call
   */
  readonly preload: () => Promise<void>
  /** Lets go of timers, channels and listeners; `ready()` starts again. */
  readonly dispose: () => void
}
