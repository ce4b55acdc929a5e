import type { Exchange } from '../pipeline/exchange.js'
import { createJsonDraft } from '../pipeline/response-draft.js'
import { createFault, createStandingFault, type Fault, type NoParameters } from './fault.js'

/** What a browser keeps or keeps back: caches and cookies. */
export interface BrowserStateFaults {
  /** `cache`: whether a request that asks for a fresh answer gets one (`polite`), or not (`stubborn`). */
  'cache.stale-jwks': Fault<'request', { cache: 'polite' | 'stubborn' }>
  'cookie.blocked': Fault<'request', NoParameters>
}

const politeCache: { cache: 'polite' | 'stubborn' } = { cache: 'polite' }

/** What is wrong in what was kept. */
export const browserStateFaults: BrowserStateFaults = {
  'cache.stale-jwks': createStandingFault(
    'request',
    { endpoint: 'jwks' },
    {
      summary: 'a cache answers with the keys of when this was switched on, for its five minutes',
      expect: 'tolerate',
      spec: 'RFC 9111 4.2',
      case: 'JWK-01',
      budget: 2,
      needs: 'browser',
      times: 'always',
    },
    politeCache,
    ({ authority, parameters }) => {
      const keys = authority.keys.published()
      const keptAt = authority.clock.now()
      return {
        change: (request, { exchange }) => {
          const age = Math.floor((authority.clock.now() - keptAt) / 1000)
          const isPassedOn = parameters.cache === 'polite' && isFreshWanted(exchange)
          if (age >= 300 || isPassedOn) return request
          const headers = { 'Cache-Control': 'public, max-age=300', Age: String(age) }
          return { answer: createJsonDraft({ keys }, { headers }) }
        },
        end: () => undefined,
      }
    },
  ),
  'cookie.blocked': createFault(
    'request',
    { endpoint: 'authorize', prompt: 'none' },
    {
      summary: 'the browser keeps third-party cookies back, so that silent sign-in finds nobody',
      expect: 'keep-session',
      spec: 'RFC 10017 6.3.3.2',
      case: 'IFR-02',
      needs: 'browser',
      times: 'always',
    },
    (request, { exchange }) => {
      exchange.areCookiesBlocked = true
      return request
    },
  ),
}

/** What a browser sends for `cache: 'no-store'`, `'reload'` and `'no-cache'` (Fetch 4.5). */
function isFreshWanted({ request }: Exchange): boolean {
  return /no-cache|no-store|max-age=0/.test(request.headers.get('cache-control') ?? '')
}
