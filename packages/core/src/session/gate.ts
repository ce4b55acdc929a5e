import type { SpatioAuthError } from '../errors.js'
import type { Authenticated, AuthState, User } from './auth-state.js'

/** What a gate in a page does with a state; `<RequireAuth>` of every binding follows it. */
export type Gate =
  | { readonly kind: 'loading' }
  | { readonly kind: 'open'; readonly user: User }
  /** Signed in, and `when` says no. */
  | { readonly kind: 'forbidden' }
  /** Signed out on purpose: a redirect would sign the visitor straight back in. */
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'redirecting' }
  | { readonly kind: 'error'; readonly error: SpatioAuthError }

/** The same decision as `requireUser`, for what is rendered: it hides and sends away, it protects no data. */
export function toGate(state: AuthState, when?: (state: Authenticated) => boolean): Gate {
  if (state.status === 'authenticated')
    return when === undefined || when(state) ? { kind: 'open', user: state.user } : { kind: 'forbidden' }
  if (state.status === 'error') return { kind: 'error', error: state.error }
  if (state.status === 'loading') return { kind: 'loading' }
  return { kind: state.reason === 'signed-out' ? 'signedOut' : 'redirecting' }
}
