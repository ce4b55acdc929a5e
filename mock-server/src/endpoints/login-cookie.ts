import { parse, serialize } from 'hono/utils/cookie'
import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { ResponseDraft } from '../pipeline/response-draft.js'
import type { LoginSession } from '../stores/login-session-store.js'

/** The cookies of the authority: who is signed in here, and which browser a consent page was shown in. */
export type CookieName = 'spatio_mock_session' | 'spatio_mock_browser'

/** The value of one of our cookies. */
export function getCookie(exchange: Exchange, name: CookieName): string | undefined {
  if (exchange.areCookiesBlocked) return undefined
  return parse(exchange.cookieHeader, name)[name]
}

/** Sets one of our cookies: not readable by scripts, not sent by other sites' forms. */
export function setCookie(
  draft: ResponseDraft,
  authority: Authority,
  name: CookieName,
  value: string,
): ResponseDraft {
  const issuer = new URL(authority.issuer())
  const cookie = serialize(name, value, {
    path: issuer.pathname,
    httpOnly: true,
    sameSite: 'Lax',
    secure: issuer.protocol === 'https:',
  })
  draft.headers.append('Set-Cookie', cookie)
  return draft
}

/** The login session of the browser that sent the request. */
export function getLoginSession(exchange: Exchange, authority: Authority): LoginSession | undefined {
  return authority.loginSessions.get(getCookie(exchange, 'spatio_mock_session'))
}
