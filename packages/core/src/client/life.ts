import type { OpenedPopup } from '../environment.js'
import type { RefreshTrigger } from '../events.js'
import type { AuthState } from '../session/auth-state.js'
import type { AccessTokenOptions, SignInOptions, SpatioAuth } from './spatio-auth.js'

/** What the client's own parts may ask beside what the app may. */
export interface InternalTokenOptions extends AccessTokenOptions {
  /** @default 'forced' with `forceRefresh`, else 'demand' */
  readonly trigger?: RefreshTrigger
}

export type GetToken = (options: InternalTokenOptions) => Promise<string>

/** A request that was answered with 401. */
export interface RefusedRequest {
  readonly response: Response
  /** What it carried. */
  readonly token: string
  /** A copy, not yet sent. */
  readonly request: Request
  readonly send: (request: Request, token: string) => Promise<Response>
}

/** The life chunk, as the front sees it: what a session and an action need beside the front. */
export interface Life {
  /** Finishes what the front could not alone: a callback, a silent sign-in, an expired session. */
  readonly resume: () => Promise<void>
  /** Keeps the session alive from now on. Idempotent. */
  readonly watch: () => void
  /** Ends the session when nobody has been there for `idleTimeout`: asked before a token is handed out. */
  readonly endIfIdle: () => void
  /** @param popup the window that the front has opened in the click, where this was not loaded then */
  readonly signIn: (options: SignInOptions, popup?: OpenedPopup) => Promise<AuthState>
  readonly refreshedToken: GetToken
  /** @returns the app's answer in place of a 401 */
  readonly repeatRefused: (refused: RefusedRequest, getToken: GetToken) => Promise<Response>
  /** @returns whether a revocation that failed worked in the end */
  readonly repeatRevocation: (
    failed: Response | null,
    repeat: () => Promise<Response | null>,
  ) => Promise<boolean>
  readonly disconnectApp: (authorizedFetch: SpatioAuth['fetch']) => Promise<void>
  readonly getUserInfo: (getToken: GetToken) => ReturnType<SpatioAuth['getUserInfo']>
  readonly introspect: (getToken: GetToken, token?: string) => ReturnType<SpatioAuth['introspect']>
  /** Lets go of timers, channels and listeners. */
  readonly close: () => void
}
