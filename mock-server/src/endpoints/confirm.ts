import type { Authority } from '../authority.js'
import { createMessagePage } from '../pages/message-page.js'
import type { Exchange } from '../pipeline/exchange.js'
import { createPageDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import type { PendingSignIn } from '../stores/sign-in-request-store.js'
import { createAuthorizationResponse } from './authorization-response.js'
import { createExpiredDraft } from './consent.js'
import type { EndpointHandler } from './endpoint-handler.js'
import { getCookie } from './login-cookie.js'
import { completeSignIn } from './sign-in-completion.js'

const knownFields: ReadonlySet<string> = new Set(['request', 'csrf', 'user', 'decision'])

/** `POST /oauth2/authorize/confirm`: the user's decision. Everything it acts on is in the signed request. */
export const processConfirmRequest: EndpointHandler = (exchange, authority) => {
  if (!isFormOfOurs(exchange, authority)) return createForgedDraft()
  const pending = authority.signInRequests.open(exchange.form.get('request') ?? '')
  if (!pending) return createForgedDraft()
  exchange.clientId = pending.request.clientId
  if (!isShownHere(exchange, authority, pending)) return createForgedDraft()
  return answer(exchange, authority, pending)
}

async function answer(
  exchange: Exchange,
  authority: Authority,
  { id, request }: PendingSignIn,
): Promise<ResponseDraft> {
  const decision = exchange.form.get('decision')
  const sub = exchange.form.get('user') ?? ''
  if (decision !== 'allow' && decision !== 'deny') return createForgedDraft()
  if (decision === 'allow' && !authority.users.get(sub)) return createForgedDraft()
  const fault = exchange.form.get('fault')
  if (isUnknownFault(fault, authority)) {
    return createPageDraft(
      400,
      createMessagePage('There is no such fault', 'Go back and pick one of the list.'),
    )
  }
  // From here the request is answered: pressing twice yields one code.
  if (!authority.signInRequests.take(id)) return createExpiredDraft(400)
  if (fault !== undefined) authority.faultPicker?.choose(fault, request.clientId)
  if (decision === 'allow') return completeSignIn(exchange, authority, request, sub)
  return createAuthorizationResponse(exchange, authority, request, {
    kind: 'error',
    error: 'access_denied',
    description: 'The user denied the request',
  })
}

/** One form of known fields, sent by a page of this origin (RFC 9700 4.7). */
function isFormOfOurs(exchange: Exchange, authority: Authority): boolean {
  const { body, request, url } = exchange
  if (body.kind !== 'form' || body.parameters.isMalformed || body.parameters.repeated.length > 0) return false
  const isKnown = (name: string): boolean =>
    knownFields.has(name) || (name === 'fault' && authority.faultPicker !== undefined)
  if (!body.parameters.names.every(isKnown)) return false
  const origin = request.headers.get('origin')
  return origin === null || origin === url.origin || origin === new URL(authority.issuer()).origin
}

function isShownHere(exchange: Exchange, authority: Authority, { id }: PendingSignIn): boolean {
  const browserId = getCookie(exchange, 'spatio_mock_browser')
  const csrfToken = exchange.form.get('csrf')
  if (browserId === undefined || csrfToken === undefined) return false
  return authority.signInRequests.isCsrfToken(csrfToken, id, browserId)
}

function createForgedDraft(): ResponseDraft {
  const advice = 'It did not come from the page this server showed. Go back to the app and start again.'
  return createPageDraft(403, createMessagePage('This decision cannot be accepted', advice))
}

/** The empty choice is none, and without a picker nothing is picked. */
function isUnknownFault(fault: string | undefined, { faultPicker }: Authority): boolean {
  return Boolean(fault) && faultPicker !== undefined && !faultPicker.names.includes(fault ?? '')
}
