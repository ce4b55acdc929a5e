import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { ResponseDraft } from '../pipeline/response-draft.js'
import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import type { LoginSession } from '../stores/login-session-store.js'
import { createAuthorizationResponse } from './authorization-response.js'
import { getLoginSession, setCookie } from './login-cookie.js'
import { isLoginNeeded } from './login-need.js'

/** Lets the user in: signs them in at the authority where needed, records the consent, sends the code back. */
export async function completeSignIn(
  exchange: Exchange,
  authority: Authority,
  request: AuthorizationRequest,
  sub: string,
): Promise<ResponseDraft> {
  const { consents, codes } = authority
  const current = getLoginSession(exchange, authority)
  const session = isStillGood(current, request, sub, exchange.startedAt)
    ? current
    : replaceSession(authority, current, sub)
  exchange.sub = sub
  const { clientId, redirectUri, codeChallenge, scope, nonce } = request
  consents.grant({ sub, clientId, scope, redirectUri, grantedAt: exchange.startedAt })
  const code = codes.issue({
    clientId,
    redirectUri,
    codeChallenge,
    scope,
    sub,
    authTime: session.authTime,
    ...(nonce === undefined ? {} : { nonce }),
  })
  const draft = await createAuthorizationResponse(exchange, authority, request, { kind: 'code', code })
  return session === current ? draft : setCookie(draft, authority, 'spatio_mock_session', session.id)
}

function isStillGood(
  session: LoginSession | undefined,
  request: AuthorizationRequest,
  sub: string,
  now: number,
): session is LoginSession {
  return session?.sub === sub && !isLoginNeeded(request, session, now)
}

function replaceSession(authority: Authority, current: LoginSession | undefined, sub: string): LoginSession {
  if (current) authority.loginSessions.end(current.id)
  return authority.loginSessions.start(sub)
}
