import type {
  AccessTokenOptions,
  RequireUserOptions,
  SignInOptions,
  SpatioAuth,
} from '../client/spatio-auth.js'
import type { SpatioAuthErrorCode } from '../error-code.js'
import type { RefreshTrigger } from '../events.js'
import type { UnauthenticatedReason, User } from '../session/auth-state.js'

/** The user of a test: the claims that matter to it. @default sub: 'usr_test' */
export type TestUser = Omit<User, 'sub'> & { readonly sub?: string }

/** Who is signed in at the test client, and with what. */
export interface TestSession {
  readonly user: TestUser
  /** The scopes that were granted. @default ['openid', 'profile', 'email'] */
  readonly scopes?: readonly string[]
  /** @default 'tok_test_1', then tok_test_2, … */
  readonly accessToken?: string
  /** Seconds the access token lives, from now and from each refresh. @default 3600 */
  readonly expiresIn?: number
}

/** The state a test starts with. */
export type TestAuthInit =
  | TestSession
  | { readonly status: 'loading' }
  | { readonly status: 'unauthenticated'; readonly reason?: UnauthenticatedReason }
  | { readonly error: SpatioAuthErrorCode }

/** What stands in for the outside. */
export interface TestAuthOptions {
  /** The time at the start, ms since the epoch; only `tick` moves it. @default 2026-01-01T00:00:00Z */
  readonly now?: number
  /** Answers `auth.fetch`, which adds the token. @default none: `config_invalid` */
  readonly fetch?: typeof fetch
  /** `auth.fetch` sends the token here and to `allowedOrigins`. @default 'https://api.spatio.app' */
  readonly issuer?: string
  /** @default [] */
  readonly allowedOrigins?: readonly string[]
}

/** What the app asked for, in order. */
export interface TestAuthCalls {
  readonly ready: null[]
  readonly retry: null[]
  readonly signIn: SignInOptions[]
  readonly signOut: null[]
  readonly getAccessToken: AccessTokenOptions[]
  readonly requireUser: RequireUserOptions[]
}

/**
 * A client for the tests of apps: it goes through the real provider, plugin or context. What it shows changes at once
 * when the test says so. No window, crypto, network or timer is used; a redirect is recorded, not performed.
 */
export interface TestAuth extends SpatioAuth {
  readonly calls: TestAuthCalls
  /** A sign-in succeeded, here or in another tab. */
  readonly signInAs: (user: TestUser, session?: Omit<TestSession, 'user'>) => void
  /** The session ended. @param reason @default 'signed-out'; `signed-out-elsewhere` is another tab's */
  readonly signOutAs: (reason?: UnauthenticatedReason) => void
  /** Back to before `ready()`, as on a server. */
  readonly setLoading: () => void
  /** Something failed: the state without a session, a note beside a session, which goes on. */
  readonly fail: (code: SpatioAuthErrorCode) => void
  /** The session ran out and cannot be refreshed. */
  readonly expire: () => void
  /** A silent refresh succeeded: a new token and, when `claims` differ, a new user. */
  readonly rotate: (claims?: Partial<TestUser>) => void
  /** Lets time pass; a refresh that falls due is made, as in a visible tab. @param ms */
  readonly tick: (ms: number) => void
  /** Decides what each further refresh brings; what it throws (a SpatioAuthError) the refresh fails with. */
  readonly onToken: (answer: (refresh: TestRefresh) => string | TestTokenAnswer) => void
}

/** What a test answers a refresh with. */
export interface TestTokenAnswer {
  readonly accessToken: string
  /** Claims that changed. */
  readonly user?: Partial<TestUser>
}

/** The refresh that `onToken` is asked to answer. */
export interface TestRefresh {
  readonly trigger: RefreshTrigger
  /** 1 for the first refresh. */
  readonly count: number
}
