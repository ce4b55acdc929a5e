import type { UnauthenticatedReason } from '../session/auth-state.js'
import { forgetTransactions } from './callback.js'
import type { ClientContext } from './client-context.js'
import { restoreSession } from './restore.js'
import { revokeTokens } from './revocation.js'
import { forgetNavigations, forgoSilentSignIn } from './sign-in-marks.js'

/** Ends the session here and in the other tabs first; the authority hears of it afterwards, if it can. */
export async function signOut(context: ClientContext): Promise<void> {
  // Whatever is under way, a callback or a refresh, answers too late from here on.
  context.nextGeneration()
  // Asked before `ready()`: what is stored ends as well.
  if (context.store.current() === null) await restoreSession(context).catch(() => undefined)
  await endUserSession(context, 'signed-out', true)
}

/** Ends the user's session in every tab: at their wish, or because nobody has been there for long. */
export async function endUserSession(
  context: ClientContext,
  reason: UnauthenticatedReason,
  isRevoked: boolean,
): Promise<void> {
  const { store, view, emit } = context
  const session = store.current()
  context.nextGeneration()
  forgetNavigations(context)
  forgoSilentSignIn(context)
  forgetTransactions(context)
  const removed = store.end('user')
  view.showSignedOut(reason)
  emit('signed_out', { reason, code: null })
  if (session !== null && isRevoked) {
    view.showActivity({ pending: 'sign-out' })
    const tokens = [session.refreshToken, session.accessToken]
    void revokeTokens(context, session.revocationEndpoint, tokens).finally(() =>
      view.showActivity({ pending: null }),
    )
  }
  await removed
}
