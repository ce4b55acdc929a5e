import { SpatioAuthError } from '../errors.js'
import { toRelayUri } from '../options.js'
import { readCallbackUrl } from './callback-url.js'
import type { ClientContext } from './client-context.js'

/**
 * Whether the app itself was loaded where an answer is relayed: a server that answers every path with the app does
 * that. Then the client only relays: a session restored or asked for in here would start the same again, without end.
 */
export function isRelayPage({
  options,
  environment,
}: Pick<ClientContext, 'options' | 'environment'>): boolean {
  if (options.relayPath === undefined) return false
  const { href, origin } = environment.location
  return readCallbackUrl(href, toRelayUri(options, origin), false).kind === 'callback'
}

/** What every method of such a client says. */
export function toOrphanedError(): SpatioAuthError {
  return new SpatioAuthError('popup_orphaned', { phase: 'callback' })
}
