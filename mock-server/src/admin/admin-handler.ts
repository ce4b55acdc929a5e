import type { FaultEngine } from '../faults/fault-engine.js'
import type { MockServer } from '../mock-server.js'
import { processRequestBody } from '../pipeline/request-body.js'
import type { RequestHandler } from '../request-handler.js'
import { adminTokenHeader, findAdminRefusal } from './admin-guard.js'
import type { AdminAnswer } from './admin-answer.js'
import { adminRoutes } from './admin-routes.js'

/** Path of the admin below the issuer. */
export const adminPath = '/__mock'

/**
 * The admin over HTTP. It is outside the pipeline: no fault strikes it and no log has it, so that neither a test
 * nor a reader of the log meets what set the test up, and the token is written nowhere.
 */
export function createAdminHandler(mock: MockServer, engine: FaultEngine, token: string): RequestHandler {
  const guard = {
    token,
    issuer: () => mock.issuer,
    isRegisteredOrigin: (origin: string) => mock.clients.isRegisteredOrigin(origin),
  }
  return async (request, info = {}) => {
    const refusal = findAdminRefusal(request, info, guard)
    if (refusal) {
      const { status, reason } = refusal
      return toResponse(
        { status, value: { error: 'access_denied', error_description: reason } },
        new Headers(),
      )
    }
    const headers = toCorsHeaders(request)
    if (request.method === 'OPTIONS') return toResponse({ status: 204 }, headers)
    return toResponse(await answer(request, mock, engine), headers)
  }
}

async function answer(request: Request, mock: MockServer, engine: FaultEngine): Promise<AdminAnswer> {
  const url = new URL(request.url)
  const path = url.pathname.slice(url.pathname.indexOf(adminPath) + adminPath.length)
  const { route, id } = findRoute(request.method, path)
  if (!route)
    return { status: 404, value: { error: 'not_found', error_description: 'there is no such path' } }
  const body = await processRequestBody(request)
  if (body.kind !== 'none' && body.kind !== 'json') {
    return { status: 400, value: { error: 'invalid_request', error_description: 'the body is JSON' } }
  }
  return route({
    mock,
    engine,
    id,
    query: url.searchParams,
    body: body.kind === 'json' ? body.value : undefined,
  })
}

function findRoute(
  method: string,
  path: string,
): { route: (typeof adminRoutes)[string] | undefined; id: string } {
  const [, collection = '', id, ...rest] = path.split('/')
  const plain = `${method} ${path}`
  if (Object.hasOwn(adminRoutes, plain)) return { route: adminRoutes[plain], id: '' }
  const pattern = `${method} ${['', collection, ':id', ...rest].join('/')}`
  const isKnown = id !== undefined && Object.hasOwn(adminRoutes, pattern)
  return { route: isKnown ? adminRoutes[pattern] : undefined, id: decode(id ?? '') }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The guard has let the origin through, so it may read the answer. */
function toCorsHeaders(request: Request): Headers {
  const headers = new Headers({ Vary: 'Origin' })
  const origin = request.headers.get('origin')
  if (origin === null) return headers
  headers.set('Access-Control-Allow-Origin', origin)
  if (request.method !== 'OPTIONS') return headers
  headers.set('Access-Control-Allow-Methods', 'GET, POST, DELETE')
  headers.set('Access-Control-Allow-Headers', `Content-Type, ${adminTokenHeader}`)
  return headers
}

function toResponse({ status, value }: AdminAnswer, headers: Headers): Response {
  headers.set('Cache-Control', 'no-store')
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('X-Mock-Server', 'spatio')
  if (value === undefined) return new Response(null, { status, headers })
  headers.set('Content-Type', 'application/json')
  return new Response(JSON.stringify(value), { status, headers })
}
