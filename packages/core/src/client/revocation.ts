import type { Session } from '../session/session.js'
import type { Tab } from '../session/tab.js'
import { send } from './send.js'

/** The tokens of a session, the refresh token first (RFC 7009 2.1). */
export function tokensOf(session: Session): string[] {
  return [session.refreshToken, session.accessToken].filter((token) => token !== null)
}

/** One request, with `keepalive`, so that it leaves even when the page does. Null where there was no answer. */
export function requestRevocation(
  tab: Pick<Tab, 'options' | 'environment'>,
  endpoint: string,
  token: string,
): Promise<Response | null> {
  return send(tab, endpoint, {
    method: 'POST',
    body: new URLSearchParams({ token, client_id: tab.options.clientId }),
    cache: 'no-store',
    keepalive: true,
  }).catch(() => null)
}
