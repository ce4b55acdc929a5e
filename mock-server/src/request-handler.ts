import { Hono, type Context } from 'hono'
import type { Authority } from './authority.js'
import type { CookieJar } from './cookie-jar.js'
import { applyCors, createPreflightDraft } from './cors.js'
import { isRefusal, toErrorDraft } from './error-response.js'
import { TransportError } from './faults/transport-error.js'
import { toAnswer, toResponse, type Answer } from './pipeline/answer.js'
import type { Exchange } from './pipeline/exchange.js'
import { processRequestBody } from './pipeline/request-body.js'
import type { LoggedRequest } from './pipeline/request-log.js'
import { createEmptyDraft, createJsonDraft, type ResponseDraft } from './pipeline/response-draft.js'
import { parseParameters } from './protocol/request-parameters.js'
import { routes, unknownRoute, type Route } from './routes.js'

/** What is known of a request besides the request. */
export interface RequestInfo {
  /** The address it came from. @default '127.0.0.1' */
  ip?: string
  /** The cookies of the browser, where headers cannot carry them: read from it, and kept in it. */
  cookies?: CookieJar
  /**
   * Takes the answer before it is a `Response`, to write it to a socket; `fetch` resolves with what this returns.
   *
   * @default makes a `Response` of it
   */
  send?: (answer: Answer) => Response
}

interface HonoEnvironment {
  Bindings: RequestInfo
}

// No route has it: what is not below the issuer is not the issuer's.
const outsidePath = '/-'

/** Milliseconds between two sweeps of expired records. */
const sweepInterval = 30_000

/** Answers a request. */
export type RequestHandler = (request: Request, info?: RequestInfo) => Promise<Response>

/** The authority as one web-standard handler. */
export function createRequestHandler(authority: Authority): RequestHandler {
  const basePath = new URL(authority.issuer()).pathname.replace(/\/$/, '')
  const app = new Hono<HonoEnvironment>({
    // Routes are matched below the issuer's path, which is no pattern whatever is in it.
    getPath: (request) => {
      const { pathname } = new URL(request.url)
      if (pathname === basePath) return '/'
      if (!pathname.startsWith(`${basePath}/`)) return outsidePath
      const path = decodePath(pathname.slice(basePath.length))
      return authority.movedPaths.get(path) ?? path
    },
  })
  const sweep = createSweeper(authority)
  const answer = (context: Context<HonoEnvironment>, route: Route): Promise<Response> => {
    sweep()
    return handleRequest(context.req.raw, route, context.req.param(), { ...context.env, basePath }, authority)
  }
  for (const route of routes) app.all(route.path, (context) => answer(context, route))
  // What an endpoint refuses is answered below; what comes here is a lost connection.
  app.onError((error) => {
    throw error
  })
  app.notFound((context) => answer(context, unknownRoute))
  return async (request, info) => app.fetch(request, info ?? {})
}

/** The path as text; one that is not well encoded is looked for as it is, and not found. */
function decodePath(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

async function handleRequest(
  request: Request,
  route: Route,
  pathParameters: Record<string, string>,
  info: RequestInfo & { basePath: string },
  authority: Authority,
): Promise<Response> {
  const { pipeline, clock } = authority
  const { send = toResponse } = info
  const exchange = await createExchange(request, route, pathParameters, info, clock.now())
  const end = authority.log.start(exchange)
  const sighting = authority.watch.note(exchange, authority.log.lastId())
  try {
    const draft = await pipeline.run('body', await createDraft(exchange, route, authority), exchange)
    info.cookies?.store(draft.headers.getSetCookie())
    const finished = finish(toAnswer(draft), route, exchange, authority)
    const answer = await pipeline.run('transport', finished, exchange)
    const isKept = await tell(end({ status: answer.status, error: findError(draft) }), authority)
    return send(isKept ? answer : finish(toAnswer(createUnavailableDraft()), route, exchange, authority))
  } catch (error) {
    sighting.isUnanswered = true
    // A fault that ends the connection means to, and a client may give up; the rest is a mistake of ours.
    if (!(error instanceof TransportError) && !request.signal.aborted)
      authority.options.onUnexpectedError(error)
    await tell(end({ status: undefined }), authority)
    throw error
  } finally {
    pipeline.end()
  }
}

/** Tells whoever listens of the answer; false when they could not take it. */
async function tell(entry: LoggedRequest, { options }: Authority): Promise<boolean> {
  try {
    await options.onAnswer(entry)
    return true
  } catch (error) {
    options.onUnexpectedError(error)
    return false
  }
}

/** What cannot be kept is not promised (RFC 7009 2.2.1). */
function createUnavailableDraft(): ResponseDraft {
  return createJsonDraft(
    { error: 'temporarily_unavailable' },
    { status: 503, headers: { 'Retry-After': '1' } },
  )
}

function finish(answer: Answer, route: Route, exchange: Exchange, authority: Authority): Answer {
  const { headers } = answer
  headers.set('Date', new Date(authority.clock.now()).toUTCString())
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('X-Mock-Server', 'spatio')
  if (exchange.areCookiesBlocked) headers.delete('Set-Cookie')
  applyCors(headers, route, exchange, authority)
  return answer
}

async function createExchange(
  request: Request,
  route: Route,
  pathParameters: Record<string, string>,
  { ip = '127.0.0.1', cookies, basePath }: RequestInfo & { basePath: string },
  startedAt: number,
): Promise<Exchange> {
  const url = new URL(request.url)
  const body = await processRequestBody(request)
  const query = parseParameters(url.search.slice(1))
  const form = body.kind === 'form' ? body.parameters : parseParameters('')
  return {
    request,
    url,
    endpoint: route.endpoint,
    path: url.pathname.slice(basePath.length),
    pathParameters,
    query,
    body,
    form,
    ip,
    cookieHeader: cookies?.header(url) ?? request.headers.get('cookie') ?? '',
    startedAt,
    grant: route.endpoint === 'token' ? form.get('grant_type') : undefined,
    clientId: form.get('client_id') ?? query.get('client_id'),
    sub: undefined,
    areCookiesBlocked: false,
    appliedFaults: [],
  }
}

async function createDraft(exchange: Exchange, route: Route, authority: Authority): Promise<ResponseDraft> {
  const { method } = exchange.request
  if (method === 'OPTIONS' && route.cors !== 'none') return createPreflightDraft(route, exchange, authority)
  const name = method === 'HEAD' ? 'GET' : method
  const handler = Object.hasOwn(route.handlers, name) ? route.handlers[name] : undefined
  try {
    const { answer } = await authority.pipeline.run('request', { answer: undefined }, exchange)
    if (answer) return answer
    return handler ? await handler(exchange, authority) : createMethodDraft(route)
  } catch (error) {
    if (error instanceof TransportError) throw error
    if (!isRefusal(error)) authority.options.onUnexpectedError(error)
    return toErrorDraft(error, route)
  }
}

function createMethodDraft(route: Route): ResponseDraft {
  if (route.endpoint === 'unknown') return toErrorDraft(undefined, route)
  return createEmptyDraft(405, { Allow: Object.keys(route.handlers).join(', ') })
}

/** The `error` an answer carries, in its body or on its way back to the client. */
function findError(draft: ResponseDraft): string | undefined {
  const location = draft.headers.get('Location')
  if (location !== null) return /[?&#]error=([\w-]+)/.exec(location)?.[1]
  if (draft.body.kind !== 'json' || typeof draft.body.value !== 'object' || !draft.body.value)
    return undefined
  const error: unknown = Reflect.get(draft.body.value, 'error')
  return typeof error === 'string' ? error : undefined
}

function createSweeper(authority: Authority): () => void {
  let sweptAt = authority.clock.now()
  const { keys, loginSessions, signInRequests, codes, grants, personalAccessTokens, registrationLimit } =
    authority
  return () => {
    const now = authority.clock.now()
    if (Math.abs(now - sweptAt) < sweepInterval) return
    sweptAt = now
    for (const store of [
      keys,
      loginSessions,
      signInRequests,
      codes,
      grants,
      personalAccessTokens,
      registrationLimit,
    ])
      store.sweep(now)
  }
}
