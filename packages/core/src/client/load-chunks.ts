import { SpatioAuthError } from '../errors.js'
import type { EngineModule, Front } from './front.js'
import type { Life } from './life.js'

// The only file with an `import()`. A failed load is not kept, so the next call tries again: a deploy may have
// deleted the chunk, or there is no network (`engine_load_failed`, retryable).

interface LifeModule {
  readonly createLife: (front: Front) => Life
}

/** What a session or an action needs beside the front. @throws SpatioAuthError `engine_load_failed` */
export function loadLife(): Promise<LifeModule> {
  return import('../life/create-life.js').catch(refuseChunk)
}

/** What speaks OAuth and OIDC. @throws SpatioAuthError `engine_load_failed` */
export function loadEngine(): Promise<EngineModule> {
  return import('../engine.js').catch(refuseChunk)
}

/** Relays the answer in the address bar, where the app itself was loaded in place of the relay page; never done. */
export async function loadRelay(): Promise<never> {
  await import('../relay.js')
  return new Promise(() => undefined)
}

/** @throws SpatioAuthError `engine_load_failed` */
export function refuseChunk(): never {
  throw new SpatioAuthError('engine_load_failed', { phase: 'configuration', retryable: true })
}
