import type { Environment } from '../environment.js'
import type { Emit, EndpointName } from '../events.js'
import type { ResolvedOptions } from '../options.js'

/** No document of an authority is larger; beyond it the body is not read (bytes). */
const LARGEST_BODY = 512 * 1024

/** What a request needs of the client; `/registration` has no client. */
export interface RequestContext {
  readonly options: Pick<ResolvedOptions, 'fetch' | 'requestTimeout'>
  readonly environment: Pick<Environment, 'fetch' | 'monotonic' | 'setTimer'>
  readonly emit: Emit
}

export interface EndpointRequest {
  readonly endpoint: EndpointName
  readonly url: string
  /** Present for a POST of a form. */
  readonly form?: URLSearchParams
  /** Present for a POST of JSON. */
  readonly json?: object
  /** An access token for the header; never in a query or a form (OAuth 2.1 5.1). */
  readonly bearer?: string
  readonly method?: 'GET' | 'HEAD'
  readonly cache: RequestCache
  /** Its answer, where the front asked already. */
  readonly sent?: Promise<Response> | undefined
  /** A sent refresh is never aborted: its answer carries the only live refresh token. @default true */
  readonly hasDeadline?: boolean
}

/** What came back, with nothing of the request in it. */
export type EndpointAnswer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Headers
      readonly body: string
      /** The secrets that were sent: an authority may repeat them in the text of an error. */
      readonly secrets: readonly string[]
    }
  | { readonly kind: 'failed'; readonly reason: 'network' | 'timeout' | 'redirect' | 'too_large' }

/** Every HTTP request of the engine: no cookies, no redirect, no referrer, a deadline over headers and body. */
export async function request(context: RequestContext, asked: EndpointRequest): Promise<EndpointAnswer> {
  const { options, environment, emit } = context
  const method = toMethod(asked)
  const controller = new AbortController()
  const startedAt = environment.monotonic()
  let cancelDeadline: () => void = () => undefined
  const deadline = new Promise<EndpointAnswer>((resolve) => {
    if (asked.hasDeadline === false) return
    cancelDeadline = environment.setTimer(() => {
      controller.abort()
      resolve({ kind: 'failed', reason: 'timeout' })
    }, options.requestTimeout * 1000)
  })
  const answer = await Promise.race([send(context, asked, controller.signal), deadline])
  cancelDeadline()
  const status = answer.kind === 'answer' ? answer.status : null
  const durationMs = Math.round(environment.monotonic() - startedAt)
  emit('request', { endpoint: asked.endpoint, method, status, durationMs })
  return answer
}

async function send(
  context: RequestContext,
  asked: EndpointRequest,
  signal: AbortSignal,
): Promise<EndpointAnswer> {
  try {
    const response = await (asked.sent ?? fetchAnswer(context, asked, signal))
    if (isRedirect(response)) return { kind: 'failed', reason: 'redirect' }
    const text = asked.method === 'HEAD' ? '' : await readBody(response, signal)
    if (text === null) return { kind: 'failed', reason: 'too_large' }
    const { status, headers } = response
    return { kind: 'answer', status, headers, body: text, secrets: toSecrets(asked) }
  } catch {
    return { kind: 'failed', reason: 'network' }
  }
}

function fetchAnswer(
  { options, environment }: RequestContext,
  asked: EndpointRequest,
  signal: AbortSignal,
): Promise<Response> {
  const body = asked.form ?? (asked.json && JSON.stringify(asked.json))
  return (options.fetch ?? environment.fetch)(asked.url, {
    method: toMethod(asked),
    ...(body && { body }),
    headers: toHeaders(asked),
    cache: asked.cache,
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    signal,
  })
}

function toMethod({ form, json, method = 'GET' }: EndpointRequest): 'GET' | 'HEAD' | 'POST' {
  return form || json ? 'POST' : method
}

function toHeaders({ json, bearer, method }: EndpointRequest): Record<string, string> {
  return {
    Accept: method === 'HEAD' ? '*/*' : 'application/json',
    ...(json && { 'Content-Type': 'application/json' }),
    ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
  }
}

/** The code, the verifier and the tokens in a request. */
function toSecrets({ bearer, form }: EndpointRequest): string[] {
  const sent = [...(form ?? [])].flatMap(([name, value]) => (/code|token/.test(name) ? [value] : []))
  return sent.concat(bearer ?? [])
}

/** Reads at most `LARGEST_BODY` bytes; null beyond. An abort ends a body that drips. */
async function readBody(response: Response, signal: AbortSignal): Promise<string | null> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const cancel = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', cancel)
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > LARGEST_BODY) {
      cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** The media type is JSON, whatever its parameters (RFC 6749 5.1). */
export function isJson(headers: Headers): boolean {
  return /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(headers.get('content-type') ?? '')
}

/** A plain JSON object, or null. */
export function parseJsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** A member of the object itself; what a polluted prototype offers does not count. */
export function ownMember(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined
}

/** The same where it is a text that says something; anything else is null. */
export function ownText(object: object, name: string): string | null {
  const value = ownMember(object, name)
  return typeof value === 'string' && value !== '' ? value : null
}

/** A redirect that was not followed: a browser hides what it was, others show it. 304 only says that nothing changed. */
function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)
}
