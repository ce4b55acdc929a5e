import { SpatioAuthError } from '../errors.js'
import type { AuthState, User } from '../session/auth-state.js'
import type { RequireUserOptions, SignIn } from './spatio-auth.js'

/**
 * The user of a settled state, or the reason why there is none. Only a visitor whom nobody signed out on purpose is
 * sent to the authority: who pressed "Sign out" on a guarded page must not be taken to the next login by it.
 */
export async function requireUser(
  state: AuthState,
  { when, preload = false, returnTo }: RequireUserOptions,
  signIn: SignIn,
): Promise<User> {
  if (state.status === 'authenticated') {
    if (when === undefined || when(state)) return state.user
    // Another sign-in of the same user changes nothing, so none is started.
    throw new SpatioAuthError('interaction_required', { phase: 'authorization_request' })
  }
  if (state.status === 'error') throw state.error
  if (preload) throw new SpatioAuthError('preload_unauthenticated', { phase: 'authorization_request' })
  if (state.status === 'unauthenticated' && state.reason === 'signed-out') {
    throw new SpatioAuthError('not_authenticated', { phase: 'authorization_request' })
  }
  return signIn(returnTo === undefined ? {} : { returnTo })
}
