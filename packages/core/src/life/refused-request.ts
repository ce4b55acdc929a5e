import type { SpatioAuthErrorCode } from '../error-code.js'
import { SpatioAuthError } from '../errors.js'

/** Why a sign-in is not begun, or not waited for any longer: nothing that the same call could mend by itself. */
export function toRefusedRequest(code: SpatioAuthErrorCode, detail?: string): SpatioAuthError {
  return new SpatioAuthError(code, { phase: 'authorization_request', detail })
}

/** An option of the call that cannot work. */
export function toInvalidOption(detail: string): SpatioAuthError {
  return toRefusedRequest('config_invalid', detail)
}
