import type { EngineModule, Front } from './front.js'
import type { Life } from './life.js'

interface LifeModule {
  readonly createLife: (front: Front) => Life
}

/**
 * What is loaded beside the front, as values, so that tests decide when it comes, or that it does not. A failed load is
 * not kept, so the next call tries again: a deploy may have deleted the chunk, or there is no network.
 */
export interface Chunks {
  /** What a session or an action needs beside the front. */
  readonly loadLife: () => Promise<LifeModule>
  /** What speaks OAuth and OIDC. */
  readonly loadEngine: () => Promise<EngineModule>
  /** Relays the answer in the address bar, where the app itself was loaded in place of the relay page. */
  readonly loadRelay: () => Promise<unknown>
}

/** Those of this package, in the only file with an `import()`. */
export const CHUNKS: Chunks = {
  loadLife: () => import('../life/create-life.js'),
  loadEngine: () => import('../engine.js'),
  loadRelay: () => import('../relay.js'),
}
