import type { SpatioAuth } from '@spatio-labs/auth'
import type { SpatioDevtoolsOptions } from './devtools-options.js'

/** Production: no devtools. Those of development are in `mount-spatio-devtools.ts`. */
export function mountSpatioDevtools(_auth: SpatioAuth, _options?: SpatioDevtoolsOptions): () => void {
  return () => undefined
}
