import type { Exchange } from '../pipeline/exchange.js'
import { OAuthError } from './oauth-error.js'

/**
 * Refuses a request whose body is not one well-formed form with each parameter once (OAuth 2.1 3.2.2).
 *
 * @throws OAuthError `invalid_request`
 */
export function requireForm(exchange: Exchange): void {
  const { body } = exchange
  if (body.kind === 'too-large')
    throw new OAuthError('invalid_request', 'The body is too large', { status: 413 })
  if (body.kind !== 'form') {
    throw new OAuthError('invalid_request', 'The body must be application/x-www-form-urlencoded')
  }
  if (body.parameters.isMalformed) throw new OAuthError('invalid_request', 'The form is not well encoded')
  if (body.parameters.repeated.length > 0) throw new OAuthError('invalid_request', 'A parameter is repeated')
}

/**
 * The value of a form parameter.
 *
 * @throws OAuthError `invalid_request` when it is absent
 */
export function requireParameter(exchange: Exchange, name: string): string {
  const value = exchange.form.get(name)
  if (value === undefined) throw new OAuthError('invalid_request', `${name} is missing`)
  return value
}
