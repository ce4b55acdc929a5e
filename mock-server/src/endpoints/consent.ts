import type { Authority } from '../authority.js'
import { createConsentPage } from '../pages/consent-page.js'
import { createMessagePage } from '../pages/message-page.js'
import type { Exchange } from '../pipeline/exchange.js'
import { createPageDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import { toRedirectOrigin } from '../protocol/redirect-uri.js'
import type { PendingSignIn } from '../stores/sign-in-request-store.js'
import type { EndpointHandler } from './endpoint-handler.js'
import { getCookie, getLoginSession, setCookie } from './login-cookie.js'
import { isLoginNeeded } from './login-need.js'

/** `GET /oauth2/consent`: the consent UI for a request that `/oauth2/authorize` signed. */
export const processConsentRequest: EndpointHandler = (exchange, authority) => {
  const jwt = exchange.query.get('request') ?? ''
  const pending = authority.signInRequests.open(jwt)
  if (!pending) return createExpiredDraft(400)
  exchange.clientId = pending.request.clientId
  const browserId = getCookie(exchange, 'spatio_mock_browser') ?? authority.options.ids('brw_')
  const draft = createConsentDraft(exchange, authority, pending, { jwt, browserId })
  return setCookie(draft, authority, 'spatio_mock_browser', browserId)
}

/** The page for a sign-in that can no longer be answered. */
export function createExpiredDraft(status: number): ResponseDraft {
  const advice = 'Go back to the app and start again.'
  return createPageDraft(status, createMessagePage('This sign-in has expired', advice))
}

function createConsentDraft(
  exchange: Exchange,
  authority: Authority,
  { id, request }: PendingSignIn,
  { jwt, browserId }: { jwt: string; browserId: string },
): ResponseDraft {
  const client = authority.clients.get(request.clientId)
  if (!client) return createExpiredDraft(400)
  const session = getLoginSession(exchange, authority)
  const page = createConsentPage({
    client,
    request,
    jwt,
    users: authority.users.list(),
    signedInSub: session?.sub,
    isLoginNeeded: isLoginNeeded(request, session, exchange.startedAt),
    scopes: authority.options.scopes,
    faults: authority.faultPicker?.names,
    csrfToken: authority.signInRequests.createCsrfToken(id, browserId),
  })
  return createPageDraft(200, page, [toRedirectOrigin(request.redirectUri)])
}
