import { SpatioAuthError } from '../errors.js'
import { refreshLead } from '../session/session-lifetime.js'
import type { Session } from '../session/session.js'
import { sync } from '../session/shared-record.js'
import { remaining } from '../session/stored-session.js'
import type { Front } from './front.js'
import type { InternalTokenOptions } from './life.js'

/** Seconds a handed-out token should still live. */
const MIN_VALIDITY = 10

/** A live access token of the current session, refreshed when it is about to expire. */
export async function getAccessToken(front: Front, options: InternalTokenOptions): Promise<string> {
  const { tab } = front
  // A tab that was frozen may have missed that another one signed out.
  await sync(tab)
  if (tab.options.idleTimeout !== undefined) (await front.requireLife()).endIfIdle()
  const { session } = tab
  if (session === null) throw new SpatioAuthError('not_authenticated', { phase: 'fetch' })
  requireScopes(session, options.scope)
  const { minValidity = MIN_VALIDITY, forceRefresh = false } = options
  const left = remaining(tab)
  if (!forceRefresh && (left === null || left > refreshLead(session, minValidity))) return session.accessToken
  try {
    return await (await front.requireLife()).refreshedToken(options)
  } catch (error) {
    // The token at hand is short of `minValidity` but alive, and the session was not ended.
    if (!forceRefresh && tab.session?.id === session.id && remaining(tab) !== 0)
      return tab.session.accessToken
    throw error
  }
}

/** A scope that was not granted needs the user: this never opens UI. */
function requireScopes(session: Session, scope = ''): void {
  const granted = ['', ...session.scope.split(' ')]
  if (!scope.split(' ').every((name) => granted.includes(name)))
    throw new SpatioAuthError('interaction_required', { phase: 'fetch' })
}
