import type { InternalTokenOptions } from '../client/life.js'
import { SpatioAuthError } from '../errors.js'
import type { ClientContext } from './client-context.js'
import type { Refresher } from './refresher.js'

/** The access token after a refresh, or the one at hand where a refresh has just failed and must wait. */
export async function refreshedToken(
  { store, environment }: ClientContext,
  refresher: Refresher,
  { forceRefresh = false, trigger }: InternalTokenOptions,
): Promise<string> {
  const session = store.current()
  if (session === null) throw new SpatioAuthError('not_authenticated', { phase: 'fetch' })
  const pausedUntil = refresher.pausedUntil()
  const isPaused = pausedUntil !== null && environment.monotonic() < pausedUntil
  if (isPaused && !forceRefresh && store.remaining() !== 0) return session.accessToken
  const renewed = await refresher.refresh(trigger ?? (forceRefresh ? 'forced' : 'demand'))
  return renewed.accessToken
}
