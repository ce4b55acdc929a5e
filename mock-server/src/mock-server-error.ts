/** Why the mock refused to start or to accept what it was given. */
export type MockServerErrorCode =
  | 'address_in_use'
  | 'production_refused'
  | 'host_refused'
  | 'listen_failed'
  | 'invalid_option'
  | 'invalid_state'
  | 'state_not_kept'
  | 'fault_unconsumed'
  | 'secret_leaked'
  | 'lint_failed'
  | 'unexpected_error'

/**
 * Everything the mock throws at its caller.
 *
 * - `address_in_use`: the port is taken; `cause.code` is `EADDRINUSE`
 * - `listen_failed`: the operating system refused to listen for another reason
 * - `production_refused`: `NODE_ENV` is `production` and `force` was not given
 * - `host_refused`: the host is not a loopback address and `force` was not given
 * - `invalid_option`: an option, user, client or duration that cannot be used
 * - `invalid_state`: a state that is corrupt, or of another version
 * - `state_not_kept`: the state could not be written
 * - `unexpected_error`: the mock itself failed; `cause` is how
 * - `fault_unconsumed`: `verify()` found a fault that no request has met
 * - `secret_leaked`: `verify()` found a secret that the client sent where it does not belong
 * - `lint_failed`: `verify()` found requests of the client that OAuth 2.1 or OpenID Connect forbids
 */
export class MockServerError extends Error {
  readonly code: MockServerErrorCode

  constructor(code: MockServerErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'MockServerError'
    this.code = code
  }
}
