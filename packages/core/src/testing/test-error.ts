import type { SpatioAuthErrorCode } from '../error-code.js'
import { ERROR_FACTS } from '../error-facts.js'
import { SpatioAuthError } from '../errors.js'

/** The production error of a code, from the first step in which it arises. */
export function toTestError(code: SpatioAuthErrorCode): SpatioAuthError {
  const [[phase = 'configuration'], retryable] = ERROR_FACTS[code]
  return new SpatioAuthError(code, { phase, retryable: retryable === 'yes' })
}
