import type { Engine } from '../engine.js'
import { SpatioAuthError } from '../errors.js'
import type { ProtocolContext } from '../protocol/protocol-context.js'
import type { SessionStore } from '../session/session-store.js'

/** Relays the answer in the address bar, where the app itself was loaded in place of the relay page. */
export async function loadRelay(): Promise<void> {
  await import('../relay.js')
}

/**
 * Loads the engine chunk once; a failed load is not kept, so the next call tries again.
 * @throws SpatioAuthError `engine_load_failed` (retryable): a deploy may have deleted the chunk, or there is no network
 */
export function createEngineLoader(
  context: ProtocolContext & { readonly store: SessionStore },
): () => Promise<Engine> {
  let loaded: Promise<Engine> | null = null
  return () => {
    loaded ??= import('../engine.js').then(
      ({ createEngine }) => createEngine(context),
      () => {
        loaded = null
        throw new SpatioAuthError('engine_load_failed', { phase: 'configuration', retryable: true })
      },
    )
    return loaded
  }
}
