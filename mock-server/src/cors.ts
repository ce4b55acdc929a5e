import type { Authority } from './authority.js'
import type { Exchange } from './pipeline/exchange.js'
import { createEmptyDraft, type ResponseDraft } from './pipeline/response-draft.js'
import type { Route } from './routes.js'

/** The answer to a CORS preflight. No max age: a test that changes its mind must not meet a cached one. */
export function createPreflightDraft(route: Route, exchange: Exchange, authority: Authority): ResponseDraft {
  const draft = createEmptyDraft(204)
  if (findAllowedOrigin(route, exchange, authority) === undefined) return draft
  draft.headers.set('Access-Control-Allow-Methods', Object.keys(route.handlers).join(', '))
  draft.headers.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, X-Workspace-ID')
  return draft
}

/**
 * Lets pages read an answer: everybody the public documents, the origins of registered redirect URIs the
 * rest, nobody the pages. Never with credentials (RFC 10017 6.3.3.4).
 */
export function applyCors(headers: Headers, route: Route, exchange: Exchange, authority: Authority): void {
  if (route.cors === 'none') return
  if (route.cors === 'registered') headers.append('Vary', 'Origin')
  const origin = findAllowedOrigin(route, exchange, authority)
  if (origin === undefined) return
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Expose-Headers', 'WWW-Authenticate, Retry-After')
}

function findAllowedOrigin(route: Route, exchange: Exchange, authority: Authority): string | undefined {
  if (route.cors === 'any') return '*'
  const origin = exchange.request.headers.get('origin')
  return origin !== null && authority.clients.isRegisteredOrigin(origin) ? origin : undefined
}
