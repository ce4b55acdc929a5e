import { APP_ORIGIN } from './fake-browser.js'

type Send = (request: Request) => Promise<Response>

/** What a form of a page could send as well needs no preflight (Fetch 4.8). */
const SIMPLE_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/
/** Readable without being exposed (Fetch, CORS-safelisted response-header names). */
const SAFE_HEADERS = 'cache-control, content-language, content-length, content-type, expires, last-modified'

/** Stands between a page and another origin as a browser does: asks before, and hides what it may not read. */
export function enforceCors(sendPreflight: Send): (request: Request, forward: Send) => Promise<Response> {
  return async (request, forward) => {
    if (new URL(request.url).origin === APP_ORIGIN) return forward(request)
    if (needsPreflight(request)) await requirePreflight(request, sendPreflight)
    const response = await forward(request)
    if (!isReadable(response)) throw new TypeError('Failed to fetch')
    const { status, statusText } = response
    return new Response(response.body, { status, statusText, headers: toReadable(response.headers) })
  }
}

function needsPreflight({ headers }: Request): boolean {
  const type = headers.get('content-type')
  return headers.has('authorization') || (type !== null && !SIMPLE_TYPES.test(type))
}

async function requirePreflight({ url, method, headers }: Request, send: Send): Promise<void> {
  const names = [...headers.keys()].filter((name) => name === 'authorization' || name === 'content-type')
  const asked = {
    origin: APP_ORIGIN,
    'access-control-request-method': method,
    'access-control-request-headers': names.join(', '),
  }
  const response = await send(new Request(url, { method: 'OPTIONS', headers: asked }))
  const allowed = toNames(response.headers.get('access-control-allow-headers'))
  const isAllowed = response.ok && isReadable(response) && names.every((name) => allowed.includes(name))
  if (!isAllowed) throw new TypeError('Failed to fetch')
}

function isReadable({ headers }: Response): boolean {
  return ['*', APP_ORIGIN].includes(headers.get('access-control-allow-origin') ?? '')
}

function toReadable(headers: Headers): Headers {
  const names = toNames(`${SAFE_HEADERS}, ${headers.get('access-control-expose-headers') ?? ''}`)
  return new Headers([...headers].filter(([name]) => names.includes(name)))
}

function toNames(list: string | null): string[] {
  return (list ?? '').split(',').map((name) => name.trim().toLowerCase())
}
