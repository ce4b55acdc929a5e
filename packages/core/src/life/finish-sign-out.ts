import { tokensOf } from '../client/revocation.js'
import { tellEnded } from '../session/end-session.js'
import type { Session } from '../session/session.js'
import { markKey, tryStorage } from '../session/sign-out-mark.js'
import type { ClientContext } from './client-context.js'
import { finishRevocations } from './revoke-tokens.js'

/**
 * Tells the other tabs of a session that its user has ended, and sees to it that it is revoked.
 * @param isLate this was loaded after that
 */
export function finishSignOut(
  context: ClientContext,
  isLate: boolean,
  session: Session,
  answers: readonly Promise<Response | null>[],
): void {
  const { view, tab } = context
  const tokens = tokensOf(session)
  // Who has signed in since, which removes the mark, is not to be signed out by what comes so late.
  const isOver = isLate && tryStorage(tab, 'local', (area) => area.getItem(markKey(tab)) === null)
  tellEnded(tab, session, isOver ? null : session.user.sub)
  if (answers.length === 0) return
  view.showActivity({ pending: 'sign-out' })
  void finishRevocations(context, session.revocationEndpoint, tokens, answers).finally(() =>
    view.showActivity({ pending: null }),
  )
}
