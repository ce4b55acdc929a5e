import { SpatioAuthError } from '../errors.js'

/** A chunk that did not come, or not in time. @throws SpatioAuthError `engine_load_failed` */
export function refuseChunk(): never {
  throw new SpatioAuthError('engine_load_failed', { phase: 'configuration', retryable: true })
}
