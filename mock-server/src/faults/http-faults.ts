import type { Exchange } from '../pipeline/exchange.js'
import {
  createEmptyDraft,
  createJsonDraft,
  createRedirectDraft,
  type ResponseDraft,
} from '../pipeline/response-draft.js'
import {
  createFault,
  createStandingFault,
  createTunableFault,
  type Fault,
  type FaultFacts,
  type NoParameters,
} from './fault.js'
import { createErrorDraft, createHtmlDraft, withJsonText } from './fault-drafts.js'

type AnswerFault = Fault<'request', NoParameters>
type BodyFault = Fault<'body', NoParameters>

/** An answer by its status. `retryAfter`: seconds or an HTTP date. */
export interface StatusAnswer {
  status: number
  body: 'json' | 'html' | 'empty'
  error?: string
  retryAfter?: number | string
}

/** Faults in HTTP itself, for any endpoint: name one in the match, or the next request meets it. */
export interface HttpFaults {
  'http.500': AnswerFault
  'http.502-html': AnswerFault
  /** `retryAfter`: seconds, an HTTP date, or something absurd. */
  'http.503+retry-after': Fault<'request', { retryAfter: number | string }>
  'http.429': Fault<'request', { retryAfter: number | string }>
  'http.204-empty': AnswerFault
  'http.redirect-loop': AnswerFault
  'http.captive-portal': AnswerFault
  /** Any status with any kind of body, before anything is done. */
  'http.status': Fault<'request', StatusAnswer>
  /** `ms`: how long after it was switched on, by the authority's clock. `retryAfter`: seconds. */
  'http.outage': Fault<'request', { ms: number; retryAfter: number }>
  /** An OAuth error whose text repeats what was sent, secrets and all, as sent and form-encoded. */
  'http.error-echo': Fault<'request', { status: number }>
  'http.wrong-content-type': BodyFault
  'http.bom': BodyFault
  'http.json.truncated': BodyFault
  'http.json.array': BodyFault
  'http.json.deep-nesting': BodyFault
  'http.json.__proto__': BodyFault
  'http.huge-body': Fault<'body', { bytes: number }>
}

const unavailable: StatusAnswer = { status: 503, body: 'json' }
const keep: Pick<FaultFacts, 'expect' | 'budget'> = { expect: 'keep-session', budget: 3 }

/**
 * What is wrong on the way. Those that answer in the endpoint's place do so before anything is done: a code
 * or a refresh token is not used up.
 */
export const httpFaults: HttpFaults = {
  'http.500': createFault(
    'request',
    {},
    { summary: 'server error', spec: 'RFC 9110 15.6.1', ...keep },
    () => ({
      answer: createErrorDraft(500, 'server_error'),
    }),
  ),
  'http.502-html': createFault(
    'request',
    {},
    { summary: "a gateway's error page", spec: 'RFC 9110 15.6.3', case: 'TOK-12', ...keep },
    () => ({ answer: createHtmlDraft(502, 'Bad gateway') }),
  ),
  'http.503+retry-after': createTunableFault(
    'request',
    {},
    { summary: 'unavailable, with a time to wait', spec: 'RFC 9110 15.6.4', case: 'REF-11', ...keep },
    { retryAfter: 1 },
    (_request, { parameters }) => ({
      answer: createErrorDraft(503, 'temporarily_unavailable', parameters.retryAfter),
    }),
  ),
  'http.429': createTunableFault(
    'request',
    {},
    { summary: 'too many requests', spec: 'RFC 6585 4', case: 'REF-12', ...keep },
    { retryAfter: 1 },
    (_request, { parameters }) => ({
      answer: createErrorDraft(429, 'rate_limit_exceeded', parameters.retryAfter),
    }),
  ),
  'http.204-empty': createFault(
    'request',
    {},
    { summary: 'no content', expect: 'reject', spec: 'RFC 9110 15.3.5', budget: 1 },
    () => ({ answer: createEmptyDraft(204) }),
  ),
  'http.redirect-loop': createFault(
    'request',
    {},
    { summary: 'a redirect to itself', expect: 'reject', spec: 'RFC 9110 15.4', budget: 1 },
    (_request, { exchange }) => ({ answer: createRedirectDraft(302, exchange.url.href) }),
  ),
  'http.captive-portal': createFault(
    'request',
    {},
    {
      summary: 'a sign-in page of the network, with status 200',
      spec: 'RFC 8908 1',
      case: 'DISC-05',
      ...keep,
    },
    () => ({ answer: createHtmlDraft(200) }),
  ),
  'http.status': createTunableFault(
    'request',
    {},
    { summary: 'a status of your choice', spec: 'RFC 9110 15', ...keep },
    unavailable,
    (_request, { parameters }) => ({ answer: createStatusDraft(parameters) }),
  ),
  'http.outage': createStandingFault(
    'request',
    {},
    { summary: 'unavailable for minutes', spec: 'RFC 9110 15.6.4', case: 'REF-11', times: 'always', ...keep },
    { ms: 300_000, retryAfter: 5 },
    ({ authority, parameters: { ms, retryAfter } }) => {
      const until = authority.clock.now() + ms
      const answer = (): ResponseDraft => createErrorDraft(503, 'temporarily_unavailable', retryAfter)
      return {
        change: (request) => (authority.clock.now() < until ? { answer: answer() } : request),
        end: () => undefined,
      }
    },
  ),
  'http.error-echo': createTunableFault(
    'request',
    {},
    {
      summary: 'an error that repeats what was sent',
      expect: 'reject',
      spec: 'RFC 6749 5.2',
      case: 'LEAK-05',
      budget: 3,
    },
    { status: 400 },
    (_request, { exchange, parameters: { status } }) => {
      const error_description = toEcho(exchange)
      return { answer: createJsonDraft({ error: 'invalid_request', error_description }, { status }) }
    },
  ),
  'http.wrong-content-type': createFault(
    'body',
    {},
    {
      summary: 'JSON that says it is a page',
      expect: 'reject',
      spec: 'RFC 9110 8.3',
      case: 'TOK-13',
      budget: 1,
    },
    (draft) => {
      draft.headers.set('Content-Type', 'text/html')
      return draft
    },
  ),
  'http.bom': createFault(
    'body',
    {},
    { summary: 'JSON behind a byte order mark', expect: 'either', spec: 'RFC 8259 8.1' },
    (draft) => withJsonText(draft, (text) => `\uFEFF${text}`),
  ),
  'http.json.truncated': createFault(
    'body',
    {},
    { summary: 'half of the JSON', expect: 'reject', spec: 'RFC 8259 2', budget: 1 },
    (draft) => withJsonText(draft, (text) => text.slice(0, text.length / 2)),
  ),
  'http.json.array': createFault(
    'body',
    {},
    { summary: 'a list of the object', expect: 'reject', spec: 'RFC 8259 5', case: 'DISC-06', budget: 1 },
    (draft) => withJsonText(draft, (text) => `[${text}]`),
  ),
  'http.json.deep-nesting': createFault(
    'body',
    {},
    { summary: 'ten thousand levels in an extra member', expect: 'either', spec: 'RFC 8259 9' },
    (draft) => withExtraMember(draft, 'deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  ),
  'http.json.__proto__': createFault(
    'body',
    {},
    {
      summary: 'members that would change every object',
      expect: 'tolerate',
      spec: 'CWE-1321',
      case: 'TOK-14',
    },
    (draft) => withExtraMember(draft, '__proto__', '{"isAdmin":true,"profile":{"sub":"x"}}'),
  ),
  'http.huge-body': createTunableFault(
    'body',
    {},
    { summary: 'an answer of many megabytes', expect: 'reject', spec: 'design', case: 'DISC-06', budget: 1 },
    { bytes: 5_000_000 },
    (draft, { parameters }) => withExtraMember(draft, 'padding', `"${'x'.repeat(parameters.bytes)}"`),
  ),
}

function toEcho({ form, request }: Exchange): string {
  const sent = form.names.map((name): [string, string] => [name, form.get(name) ?? ''])
  const pairs = sent.map(([name, value]) => `${name} ${value}`).join(', ')
  const bearer = request.headers.get('authorization') ?? 'no token'
  return `Cannot read ${pairs} (${new URLSearchParams(sent).toString()}) of ${bearer}`
}

/** As text, since an object literal cannot have `__proto__` and a deep value cannot be serialised. */
function withExtraMember(
  draft: Parameters<typeof withJsonText>[0],
  name: string,
  json: string,
): ReturnType<typeof withJsonText> {
  return withJsonText(draft, (text) =>
    text.startsWith('{') ? `{"${name}":${json}${text === '{}' ? '' : ','}${text.slice(1)}` : text,
  )
}

function createStatusDraft({ status, body, error, retryAfter }: StatusAnswer): ResponseDraft {
  const draft = createErrorDraft(
    status,
    error ?? (status < 500 ? 'invalid_request' : 'server_error'),
    retryAfter,
  )
  if (body === 'json') return draft
  const page = body === 'html' ? createHtmlDraft(status, 'Error') : createEmptyDraft(status)
  const wait = draft.headers.get('Retry-After')
  if (wait !== null) page.headers.set('Retry-After', wait)
  return page
}
