import type { Authority } from '../authority.js'
import { createErrorPage } from '../pages/authorize-error-page.js'
import type { Exchange } from '../pipeline/exchange.js'
import { createPageDraft, createRedirectDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import {
  maximumQueryLength,
  validateAuthorizationRequest,
  type AuthorizationRequest,
} from '../protocol/authorization-request.js'
import { isScopeWithin } from '../protocol/scope.js'
import { createAuthorizationResponse } from './authorization-response.js'
import type { EndpointHandler } from './endpoint-handler.js'
import { getLoginSession } from './login-cookie.js'
import { isLoginNeeded } from './login-need.js'
import { completeSignIn } from './sign-in-completion.js'

/** `GET /oauth2/authorize`: validates, then packs the request in a signed JWT and shows the consent UI. */
export const processAuthorizeRequest: EndpointHandler = async (exchange, authority) => {
  const { clients, options } = authority
  const result = validateAuthorizationRequest(exchange.query, clients, options.scopes)
  const isTooLong = exchange.url.search.length > maximumQueryLength
  if (result.kind === 'untrusted' || isTooLong) {
    const problem = result.kind === 'untrusted' ? result.problem : 'malformed'
    const client = result.kind === 'untrusted' ? result.client : undefined
    return createPageDraft(400, createErrorPage({ problem, client, query: exchange.query }))
  }
  if (result.kind === 'refused') {
    const { error, description } = result
    return createAuthorizationResponse(exchange, authority, result.target, {
      kind: 'error',
      error,
      description,
    })
  }
  return decide(exchange, authority, result.request)
}

async function decide(
  exchange: Exchange,
  authority: Authority,
  request: AuthorizationRequest,
): Promise<ResponseDraft> {
  const session = getLoginSession(exchange, authority)
  exchange.sub = session?.sub
  const mustLogIn = isLoginNeeded(request, session, exchange.startedAt)
  const hasConsent = session !== undefined && isConsented(authority, session.sub, request)
  if (request.prompt === 'none' && mustLogIn) {
    return refuseSilently(exchange, authority, request, 'login_required', 'Nobody is signed in')
  }
  if (request.prompt === 'none' && !hasConsent) {
    return refuseSilently(exchange, authority, request, 'consent_required', 'The user has not consented')
  }
  const canSkipPage = hasConsent && !mustLogIn && request.prompt !== 'consent'
  if (canSkipPage) return completeSignIn(exchange, authority, request, session.sub)
  const [firstUser] = authority.users.list()
  if (authority.options.autoConsent && firstUser) {
    return completeSignIn(exchange, authority, request, session?.sub ?? firstUser.sub)
  }
  const jwt = authority.signInRequests.pack(request)
  return createRedirectDraft(302, `${authority.issuer()}/oauth2/consent?request=${jwt}`)
}

/** Whether an earlier consent covers the request: same client, same redirect URI, no new scope. */
function isConsented(authority: Authority, sub: string, request: AuthorizationRequest): boolean {
  const consent = authority.consents.get(sub, request.clientId)
  if (!consent?.redirectUris.includes(request.redirectUri)) return false
  return isScopeWithin(request.scope, consent.scope)
}

function refuseSilently(
  exchange: Exchange,
  authority: Authority,
  request: AuthorizationRequest,
  error: 'login_required' | 'consent_required',
  description: string,
): Promise<ResponseDraft> {
  return createAuthorizationResponse(exchange, authority, request, { kind: 'error', error, description })
}
