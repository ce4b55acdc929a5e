import type { SpatioAuthError } from '../errors.js'
import type { Emit } from '../events.js'
import type { Activity, AuthState, UnauthenticatedReason, User } from '../session/auth-state.js'
import { IDLE_ACTIVITY } from '../session/idle-activity.js'
import type { Session } from '../session/session.js'
import { createSubscribable, type Subscribable } from '../session/subscribable.js'
import { keepEqual } from '../session/keep-equal.js'

const NO_SCOPES: readonly string[] = Object.freeze([])
const SIGNED_OUT = { isAuthenticated: false, user: null, scopes: NO_SCOPES } as const

/** What a server renders, and what every client starts with. */
export const LOADING: AuthState = Object.freeze({ status: 'loading', ...SIGNED_OUT, error: null })

/** The state the app sees, derived from the session; the same frozen object until something changed. */
export interface StateView {
  readonly state: Subscribable<AuthState>
  readonly activity: Subscribable<Activity>
  /** `error`: what failed without ending the session. */
  readonly showSession: (session: Session, error: SpatioAuthError | null) => void
  readonly showSignedOut: (reason: UnauthenticatedReason) => void
  readonly showError: (error: SpatioAuthError) => void
  /** The state of an error that is told but not shown: there is no page to show it on. */
  readonly toError: (error: SpatioAuthError) => AuthState
  readonly showActivity: (change: Partial<Activity>) => void
  /** What the app gave to the sign-in whose callback was processed. */
  appState: unknown
}

export function createStateView(emit: Emit): StateView {
  const state = createSubscribable(LOADING)
  const activity = createSubscribable(IDLE_ACTIVITY)
  const showActivity = (change: Partial<Activity>): void =>
    void activity.set({ ...activity.get(), ...change })
  const show = (next: AuthState, expiresAt: number | null = null): void => {
    showActivity({ expiresAt })
    if (!state.set(next)) return
    const { status, error } = next
    const reason = status === 'unauthenticated' && { reason: next.reason }
    emit('state_changed', { status, ...reason, ...(error && { code: error.code }) })
  }
  return {
    state,
    activity,
    showActivity,
    showSession: (session, error) => {
      const { receivedAt, expiresIn } = session
      const expiresAt = expiresIn === null ? null : receivedAt + expiresIn * 1000
      show(toAuthenticated(state.get(), session, error), expiresAt)
    },
    showSignedOut: (reason) => show({ status: 'unauthenticated', ...SIGNED_OUT, error: null, reason }),
    showError: (error) => show(toError(error)),
    toError,
    appState: null,
  }
}

/** The state of a session, with the earlier objects where they say the same. */
function toAuthenticated(
  earlier: AuthState,
  { user, scope }: Session,
  error: SpatioAuthError | null,
): AuthState {
  return {
    status: 'authenticated',
    isAuthenticated: true,
    user: keepEqual<User | null>(earlier.user, user) as User,
    scopes: keepEqual(earlier.scopes, Object.freeze(scope.split(' '))),
    error,
  }
}

function toError(error: SpatioAuthError): AuthState {
  return Object.freeze({ status: 'error', ...SIGNED_OUT, error })
}
