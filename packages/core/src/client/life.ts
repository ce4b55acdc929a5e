import type { OpenedPopup } from '../environment.js'
import type { AuthState, User } from '../session/auth-state.js'
import type { Session } from '../session/session.js'
import type { RequireUserOptions, SignInOptions, SpatioAuth } from './spatio-auth.js'

/** What an app asks of its session, which the front passes on. */
export type LifeMethod = 'getAccessToken' | 'fetch' | 'getUserInfo' | 'introspect' | 'disconnectApp'

/** The life chunk, as the front sees it: what a session and an action need beside the front. */
export interface Life extends Pick<SpatioAuth, LifeMethod> {
  /** Finishes what the front could not alone: a callback, a silent sign-in, an expired session. */
  readonly resume: () => Promise<void>
  /** Keeps the session alive from now on, and takes another tab's. Idempotent. */
  readonly watch: () => void
  /** @param popup the window that the front has opened in the click, where this was not loaded then */
  readonly signIn: (options: SignInOptions, popup?: OpenedPopup) => Promise<AuthState>
  /** Sends a visitor away, or says why nobody is let in. */
  readonly requireUser: (requirement: RequireUserOptions) => Promise<User>
  /**
   * Tells the other tabs of a session that its user has ended, and sees to it that it is revoked.
   * @param answers to the revocations of its tokens that are on their way
   */
  readonly finishSignOut: (session: Session, answers: readonly Promise<Response | null>[]) => void
  /** Lets go of timers, channels and listeners. */
  readonly close: () => void
}
