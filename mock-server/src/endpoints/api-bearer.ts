import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import { ApiError } from '../protocol/api-error.js'
import { findBearer, getBearerToken, identifyBearer, type Bearer } from '../protocol/bearer-token.js'

/**
 * The caller of a `/v1` endpoint, by access token or personal access token.
 *
 * @throws ApiError 401
 */
export function authenticateBearer(exchange: Exchange, authority: Authority): Bearer {
  const token = getBearerToken(exchange.request)
  const bearer = token === undefined ? undefined : findBearer(token, authority)
  if (!bearer) {
    const challenge = token === undefined ? 'Bearer' : 'Bearer error="invalid_token"'
    throw new ApiError(401, 'unauthorized', 'The caller is not authenticated', {
      'WWW-Authenticate': challenge,
    })
  }
  if (token !== undefined && bearer.kind === 'pat') authority.personalAccessTokens.touch(token)
  identifyBearer(exchange, bearer)
  return bearer
}
