import { processAuthorizeRequest } from '../endpoints/authorize.js'
import type { RequestParameters } from '../protocol/request-parameters.js'
import { createFault, type Fault, type NoParameters } from './fault.js'

/** Faults in how the authorization endpoint and its pages treat a window or an iframe. */
export interface AuthorizeFaults {
  'authorize.ignores-prompt-none': Fault<'request', NoParameters>
  'authorize.x-frame-options': Fault<'body', NoParameters>
  'consent.coop': Fault<'body', NoParameters>
}

/** What is wrong in how a page behaves in a popup or an iframe. */
export const authorizeFaults: AuthorizeFaults = {
  'authorize.ignores-prompt-none': createFault(
    'request',
    { endpoint: 'authorize', prompt: 'none' },
    {
      summary: 'a page although prompt=none forbids one',
      expect: 'keep-session',
      spec: 'OIDC Core 3.1.2.1',
      case: 'IFR-07',
    },
    async (_request, { exchange, authority }) => {
      // Without a prompt, who is signed in and has consented would be answered as silently as asked.
      const interactive = { ...exchange, query: withParameter(exchange.query, 'prompt', 'consent') }
      const answer = await processAuthorizeRequest(interactive, authority)
      exchange.sub = interactive.sub
      return { answer }
    },
  ),
  'authorize.x-frame-options': createFault(
    'body',
    { endpoint: 'authorize', prompt: 'none' },
    {
      summary: 'a page that may not be framed instead of the silent answer',
      expect: 'keep-session',
      spec: 'RFC 7034 2.1',
      case: 'IFR-01',
      needs: 'browser',
    },
    (draft) => {
      const headers = new Headers({
        'Cache-Control': 'no-store',
        'X-Frame-Options': 'DENY',
        'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      })
      const body = {
        kind: 'text',
        mediaType: 'text/html; charset=utf-8',
        text: '<p>Not in a frame.</p>',
      } as const
      return { ...draft, status: 200, headers, body }
    },
  ),
  'consent.coop': createFault(
    'body',
    { endpoint: 'consent' },
    {
      summary: 'Cross-Origin-Opener-Policy cuts the popup off from its opener',
      expect: 'either',
      spec: 'HTML 7.1.3',
      case: 'POP-03',
      needs: 'browser',
    },
    (draft) => {
      draft.headers.set('Cross-Origin-Opener-Policy', 'same-origin')
      return draft
    },
  ),
}

function withParameter(query: RequestParameters, name: string, value: string): RequestParameters {
  return { ...query, get: (other) => (other === name ? value : query.get(other)) }
}
