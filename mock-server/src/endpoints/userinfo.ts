import { createEmptyDraft, createJsonDraft } from '../pipeline/response-draft.js'
import type { Exchange } from '../pipeline/exchange.js'
import { findBearer, getBearerToken, identifyBearer } from '../protocol/bearer-token.js'
import { OAuthError } from '../protocol/oauth-error.js'
import { toUserClaims } from '../protocol/user-claims.js'
import type { EndpointHandler } from './endpoint-handler.js'

const realm = 'Bearer realm="Spatio mock"'

/** `GET` and `POST /oauth2/userinfo` (OIDC Core 5.3): what the token's scopes let the client know. */
export const processUserInfoRequest: EndpointHandler = (exchange, authority) => {
  const token = findToken(exchange)
  // No token, no error code (RFC 6750 3.1). Spatio's 401 has no body.
  if (token === undefined) return createEmptyDraft(401, { 'WWW-Authenticate': realm })
  const bearer = findBearer(token, authority)
  // A personal access token has no sign-in behind it: userinfo is for OAuth access tokens.
  const user = bearer?.kind === 'oauth' ? authority.users.get(bearer.sub) : undefined
  if (!bearer || !user) {
    const challenge = `${realm}, error="invalid_token", error_description="The access token is not valid"`
    return createEmptyDraft(401, { 'WWW-Authenticate': challenge })
  }
  identifyBearer(exchange, bearer)
  return createJsonDraft(toUserClaims(user, bearer.scope, authority.issuer()))
}

/** The header, or the form field of RFC 6750 2.2; never the query (OAuth 2.1 5.1). */
function findToken(exchange: Exchange): string | undefined {
  const inHeader = getBearerToken(exchange.request)
  const inForm = exchange.form.get('access_token')
  const isRepeated = exchange.form.repeated.includes('access_token')
  if (isRepeated || (inHeader !== undefined && inForm !== undefined)) {
    throw new OAuthError('invalid_request', 'The access token is sent more than once')
  }
  return inHeader ?? inForm
}
