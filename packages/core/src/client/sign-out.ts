import { forgetTransactions } from './callback.js'
import type { ClientContext } from './client-context.js'
import { restoreSession } from './restore.js'
import { revokeTokens } from './revocation.js'
import { forgetNavigations, requireReauthentication } from './sign-in-marks.js'

/** Ends the session here and in the other tabs first; the authority hears of it afterwards, if it can. */
export async function signOut(context: ClientContext): Promise<void> {
  const { store, view, emit } = context
  // Whatever is under way, a callback or a refresh, answers too late from here on.
  context.nextGeneration()
  forgetNavigations(context)
  forgetTransactions(context)
  // Asked before `ready()`: what is stored ends as well.
  if (store.current() === null) await restoreSession(context)
  const session = store.current()
  store.end('user')
  requireReauthentication(context)
  view.showSignedOut('signed-out')
  emit('signed_out', { reason: 'signed-out', code: null })
  if (session === null) return
  view.showActivity({ pending: 'sign-out' })
  void revokeTokens(context, session.revocationEndpoint, [session.refreshToken, session.accessToken]).finally(
    () => view.showActivity({ pending: null }),
  )
}
