import type { AuthState, User } from '../session/auth-state.js'
import { toGate } from '../session/gate.js'
import { toRefusedRequest } from './refused-request.js'
import type { RequireUserOptions, SignIn } from '../client/spatio-auth.js'

/**
 * The user of a settled state, or the reason why there is none. Only a visitor whom nobody signed out on purpose is
 * sent to the authority: who pressed "Sign out" on a guarded page must not be taken to the next login by it.
 */
export async function requireUser(
  state: AuthState,
  { when, preload, returnTo }: RequireUserOptions,
  signIn: SignIn,
): Promise<User> {
  const gate = toGate(state, when)
  if (gate.kind === 'open') return gate.user
  if (gate.kind === 'error') throw gate.error
  // Another sign-in of the same user changes nothing, so none is started.
  if (gate.kind === 'forbidden') throw toRefusedRequest('interaction_required')
  if (preload) throw toRefusedRequest('preload_unauthenticated')
  if (gate.kind === 'signedOut') throw toRefusedRequest('not_authenticated')
  return signIn(returnTo === undefined ? {} : { returnTo })
}
