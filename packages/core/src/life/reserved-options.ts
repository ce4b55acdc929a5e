import { toInvalidOption } from './refused-request.js'

/** Parameters of an authorization request that are ours alone to set (RFC 6749, RFC 7636, RFC 9101, OIDC Core). */
const RESERVED = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
]

/**
 * There are no further parameters to pass; what another library takes as one would be dropped in silence, and
 * the app believe that its own `state` was sent.
 * @param given the names of all options of the app's call
 * @throws SpatioAuthError `config_invalid`
 */
export function refuseReservedOptions(given: readonly string[]): void {
  const reserved = given.find((name) => RESERVED.includes(name))
  if (reserved !== undefined) throw toInvalidOption(`${reserved} is not an option of signIn`)
}
