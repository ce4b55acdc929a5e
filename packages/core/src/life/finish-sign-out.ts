import { tokensOf } from '../client/revocation.js'
import { tellEnded } from '../session/end-session.js'
import type { Session } from '../session/session.js'
import type { ClientContext } from './client-context.js'
import { finishRevocations } from './revoke-tokens.js'

/** Tells the other tabs of a session that its user has ended, and sees to it that it is revoked. */
export function finishSignOut(
  context: ClientContext,
  session: Session,
  answers: readonly Promise<Response | null>[],
): void {
  const { view, tab } = context
  const tokens = tokensOf(session)
  tellEnded(tab, session, session.user.sub)
  if (answers.length === 0) return
  view.showActivity({ pending: 'sign-out' })
  void finishRevocations(context, session.revocationEndpoint, tokens, answers).finally(() =>
    view.showActivity({ pending: null }),
  )
}
