import { SpatioAuthError } from '../errors.js'
import type { RefreshTrigger } from '../events.js'
import { refreshLead } from '../session/session-lifetime.js'
import type { Session } from '../session/session.js'
import type { ClientContext } from './client-context.js'
import { withSignal } from './deadline.js'
import type { Refresher } from './refresher.js'
import type { AccessTokenOptions } from './spatio-auth.js'

/** Seconds a handed-out token should still live. */
const MIN_VALIDITY = 10

/** What the client's own parts may ask beside what the app may. */
export interface InternalTokenOptions extends AccessTokenOptions {
  /** @default 'forced' with `forceRefresh`, else 'demand' */
  readonly trigger?: RefreshTrigger
}

/** A live access token of the current session, refreshed when it is about to expire. */
export async function getAccessToken(
  context: ClientContext,
  refresher: Refresher,
  options: InternalTokenOptions,
): Promise<string> {
  // A tab that was frozen may have missed that another one signed out.
  await context.store.sync()
  context.endIfIdle()
  const session = context.store.current()
  if (session === null) throw new SpatioAuthError('not_authenticated', { phase: 'fetch' })
  requireScopes(session, options.scope)
  const { accessToken } = await freshSession(context, refresher, session, options)
  return accessToken
}

async function freshSession(
  context: ClientContext,
  refresher: Refresher,
  session: Session,
  { minValidity = MIN_VALIDITY, forceRefresh = false, trigger, signal }: InternalTokenOptions,
): Promise<Session> {
  const { store, environment } = context
  const remaining = store.remaining()
  const isEnough = remaining === null || remaining > refreshLead(session, minValidity)
  if (isEnough && !forceRefresh) return session
  const pausedUntil = refresher.pausedUntil()
  const isPaused = pausedUntil !== null && environment.monotonic() < pausedUntil
  if (isPaused && !forceRefresh && remaining !== 0) return session
  const aborted = () => new SpatioAuthError('aborted', { phase: 'fetch' })
  try {
    return await withSignal(
      refresher.refresh(trigger ?? (forceRefresh ? 'forced' : 'demand')),
      signal,
      aborted,
    )
  } catch (error) {
    // The token at hand is short of `minValidity` but alive, and the session was not ended.
    if (!forceRefresh && !signal?.aborted && store.current()?.id === session.id && store.remaining() !== 0)
      return session
    throw error
  }
}

/** A scope that was not granted needs the user: this never opens UI. */
function requireScopes(session: Session, scope: string | undefined): void {
  const granted = session.scope.split(' ')
  const missing = (scope ?? '').split(' ').filter((name) => name !== '' && !granted.includes(name))
  if (missing.length > 0) throw new SpatioAuthError('interaction_required', { phase: 'fetch' })
}
