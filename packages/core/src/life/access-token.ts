import type { AccessTokenOptions } from '../client/spatio-auth.js'
import { SpatioAuthError } from '../errors.js'
import type { RefreshTrigger } from '../events.js'
import { refreshLead } from '../session/refresh-lead.js'
import type { Session } from '../session/session.js'
import type { ClientContext } from './client-context.js'
import type { Refresher } from './refresher.js'

/** What the client's own parts may ask beside what the app may. */
export interface InternalTokenOptions extends AccessTokenOptions {
  /** @default 'forced' with `forceRefresh`, else 'demand' */
  readonly trigger?: RefreshTrigger
}

export type GetToken = (options: InternalTokenOptions) => Promise<string>

/** Seconds a handed-out token should still live. */
const MIN_VALIDITY = 10

/** A live access token of the current session, refreshed when it is about to expire. */
export async function getAccessToken(
  context: ClientContext,
  refresher: Refresher,
  options: InternalTokenOptions,
): Promise<string> {
  const { store } = context
  // A tab that was frozen may have missed that another one signed out.
  await store.sync()
  context.endIfIdle()
  const session = store.current()
  if (session === null) throw new SpatioAuthError('not_authenticated', { phase: 'fetch' })
  requireScopes(session, options.scope)
  const { minValidity = MIN_VALIDITY, forceRefresh = false } = options
  const left = store.remaining()
  if (!forceRefresh && (left === null || left > refreshLead(session, minValidity))) return session.accessToken
  try {
    return await refreshedToken(context, refresher, session, options)
  } catch (error) {
    // The token at hand is short of `minValidity` but alive, and the session was not ended.
    const current = store.current()
    if (!forceRefresh && current?.id === session.id && store.remaining() !== 0) return current.accessToken
    throw error
  }
}

/** The access token after a refresh, or the one at hand where a refresh has just failed and must wait. */
async function refreshedToken(
  { store, environment }: ClientContext,
  refresher: Refresher,
  session: Session,
  { forceRefresh = false, trigger }: InternalTokenOptions,
): Promise<string> {
  const pausedUntil = refresher.pausedUntil()
  const isPaused = pausedUntil !== null && environment.monotonic() < pausedUntil
  if (isPaused && !forceRefresh && store.remaining() !== 0) return session.accessToken
  const renewed = await refresher.refresh(trigger ?? (forceRefresh ? 'forced' : 'demand'))
  return renewed.accessToken
}

/** A scope that was not granted needs the user: this never opens UI. */
function requireScopes(session: Session, scope = ''): void {
  const granted = ['', ...session.scope.split(' ')]
  if (!scope.split(' ').every((name) => granted.includes(name)))
    throw new SpatioAuthError('interaction_required', { phase: 'fetch' })
}
