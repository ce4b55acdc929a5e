import { expect, it } from 'vitest'
import { request, type EndpointRequest } from '../../src/protocol/request.js'
import { flush } from '../kit/flush.js'
import {
  json,
  offline,
  opaqueRedirect,
  openProtocolPage,
  silence,
  type Answer,
} from '../kit/protocol-page.js'

const ASKED: EndpointRequest = { endpoint: 'discovery', url: 'https://op.test/x', cache: 'default' }
const LARGEST = 512 * 1024

const ask = (answer: Answer, asked: Partial<EndpointRequest> = {}) =>
  request(openProtocolPage(answer).context, { ...ASKED, ...asked })

/** A body that comes in pieces, and what became of it. */
function createBody(pieces: readonly (string | Uint8Array<ArrayBuffer>)[], ends = true) {
  const state = { isCancelled: false, pulled: 0 }
  const left = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece))
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull: (controller) => {
        const next = left.shift()
        if (next !== undefined) {
          state.pulled++
          controller.enqueue(next)
        } else if (ends) controller.close()
        else return new Promise(() => undefined)
      },
      cancel: () => {
        state.isCancelled = true
        throw new Error('already gone')
      },
    },
    { highWaterMark: 0 },
  )
  return { state, stream }
}

it.each<[string, Partial<EndpointRequest>, RequestInit]>([
  ['a GET of JSON', {}, { method: 'GET', headers: { Accept: 'application/json' }, cache: 'default' }],
  [
    'a HEAD of anything',
    { method: 'HEAD' },
    { method: 'HEAD', headers: { Accept: '*/*' }, cache: 'default' },
  ],
  [
    'a bearer in the header',
    { bearer: 'tok', cache: 'no-store' },
    {
      method: 'GET',
      headers: { Accept: 'application/json', Authorization: 'Bearer tok' },
      cache: 'no-store',
    },
  ],
  [
    'a form by POST',
    { form: new URLSearchParams({ a: '1' }), cache: 'no-store' },
    {
      method: 'POST',
      headers: { Accept: 'application/json' },
      cache: 'no-store',
      body: new URLSearchParams({ a: '1' }),
    },
  ],
  [
    'JSON by POST',
    { json: { a: 1 }, cache: 'reload' },
    {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      cache: 'reload',
      body: '{"a":1}',
    },
  ],
])('sends %s, without cookies, redirects or referrer', async (_name, asked, expected) => {
  const page = openProtocolPage(() => json({}))
  await request(page.context, { ...ASKED, ...asked })
  const { signal, ...init } = page.sent[0]?.init ?? {}
  expect(page.sent.map(({ url }) => url)).toEqual([ASKED.url])
  expect(signal?.aborted).toBe(false)
  expect(init).toStrictEqual({
    ...expected,
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  })
})

it("uses the app's fetch where there is one", async () => {
  const page = openProtocolPage(offline, { fetch: async () => json({ by: 'app' }) })
  expect(await request(page.context, ASKED)).toMatchObject({ kind: 'answer', body: '{"by":"app"}' })
  expect(page.sent).toEqual([])
})

it('reads the answer of what was sent before, and judges it like any other', async () => {
  const page = openProtocolPage(offline)
  const sent = Promise.resolve(json({ by: 'front' }))
  expect(await request(page.context, { ...ASKED, sent })).toMatchObject({ body: '{"by":"front"}' })
  const failed = Promise.reject(new TypeError('offline'))
  expect(await request(page.context, { ...ASKED, sent: failed })).toEqual({
    kind: 'failed',
    reason: 'network',
  })
  expect(page.sent).toEqual([])
})

it('gives back status, headers and body, whatever the status', async () => {
  const answer = await ask(() => json('nope', 404, { 'retry-after': '7' }))
  expect(answer).toMatchObject({ kind: 'answer', status: 404, body: 'nope' })
  expect(answer.kind === 'answer' && answer.headers.get('retry-after')).toBe('7')
})

it.each<[string, Answer, string]>([
  ['a network that is down', offline, 'network'],
  ['an opaque redirect', opaqueRedirect, 'redirect'],
  ['status 300', () => new Response(null, { status: 300 }), 'redirect'],
  ['status 302', () => new Response(null, { status: 302 }), 'redirect'],
  ['status 399', () => new Response(null, { status: 399 }), 'redirect'],
  ['one byte too many', () => new Response('x'.repeat(LARGEST + 1)), 'too_large'],
  [
    'a body that breaks off',
    () => new Response(new ReadableStream({ pull: (body) => body.error(new Error('reset')) })),
    'network',
  ],
])('fails on %s', async (_name, answer, reason) => {
  expect(await ask(answer)).toEqual({ kind: 'failed', reason })
})

it.each([299, 400])('takes status %i for an answer', async (status) => {
  expect(await ask(() => new Response(null, { status }))).toMatchObject({ kind: 'answer', status, body: '' })
})

it('reads a body of the largest size, in pieces, across the bytes of a character', async () => {
  const euro = new TextEncoder().encode('€')
  const { stream } = createBody([euro.slice(0, 1), euro.slice(1), 'x'.repeat(LARGEST - 3)])
  const answer = await ask(() => new Response(stream))
  expect(answer.kind === 'answer' && answer.body).toBe(`€${'x'.repeat(LARGEST - 3)}`)
})

it('shows that the last character was cut off', async () => {
  const { stream } = createBody([new TextEncoder().encode('a€').slice(0, 3)])
  expect(await ask(() => new Response(stream))).toMatchObject({ body: 'a\uFFFD' })
})

it('stops to read a body that is too large, and says so even when it cannot be cancelled', async () => {
  const { state, stream } = createBody(['x'.repeat(LARGEST), 'xx', 'never read'], false)
  expect(await ask(() => new Response(stream))).toEqual({ kind: 'failed', reason: 'too_large' })
  expect(state).toEqual({ isCancelled: true, pulled: 2 })
})

it('does not read what a HEAD answered', async () => {
  const { state, stream } = createBody(['text'])
  expect(await ask(() => new Response(stream), { method: 'HEAD' })).toMatchObject({ body: '' })
  expect(state.pulled).toBe(0)
})

it('ends a request without an answer at its deadline, and aborts it', async () => {
  const page = openProtocolPage(silence, { requestTimeout: 3 })
  const answer = request(page.context, ASKED)
  await page.clock.advance(2999)
  expect(page.events).toEqual([])
  expect(page.sent[0]?.init.signal?.aborted).toBe(false)
  await page.clock.advance(1)
  expect(await answer).toEqual({ kind: 'failed', reason: 'timeout' })
  expect(page.sent[0]?.init.signal?.aborted).toBe(true)
})

it('ends a body that drips at the deadline of the whole, and lets go of it', async () => {
  const { state, stream } = createBody(['{'], false)
  const page = openProtocolPage(() => new Response(stream))
  const answer = request(page.context, ASKED)
  await page.clock.advance(10_000)
  expect(await answer).toEqual({ kind: 'failed', reason: 'timeout' })
  await flush()
  expect(state.isCancelled).toBe(true)
})

it('waits for a request without a deadline as long as it takes', async () => {
  let respond: (response: Response) => void = () => undefined
  const page = openProtocolPage(() => new Promise((resolve) => (respond = resolve)))
  const answer = request(page.context, { ...ASKED, hasDeadline: false })
  await flush()
  expect(page.clock.pendingTimers).toBe(0)
  await page.clock.advance(3_600_000)
  respond(json({}))
  expect(await answer).toMatchObject({ kind: 'answer', status: 200 })
})

it('leaves no timer behind', async () => {
  const page = openProtocolPage(() => json({}))
  const answer = request(page.context, ASKED)
  expect(page.clock.pendingTimers).toBe(1)
  await answer
  expect(page.clock.pendingTimers).toBe(0)
  expect(page.sent[0]?.init.signal?.aborted).toBe(false)
})

it.each<[Partial<EndpointRequest>, string, Answer, number | null]>([
  [{}, 'GET', () => json({}, 201), 201],
  [{ method: 'HEAD' }, 'HEAD', () => json({}), 200],
  [{ json: {} }, 'POST', offline, null],
])(
  'tells what was asked and how long it took, and nothing of what was in it',
  async (asked, method, answer, status) => {
    const page: ReturnType<typeof openProtocolPage> = openProtocolPage(async (sent) => {
      await page.clock.advance(12.4)
      return answer(sent)
    })
    await request(page.context, { ...ASKED, ...asked })
    expect(page.events).toEqual([['request', { endpoint: 'discovery', method, status, durationMs: 12 }]])
  },
)

it.each<[string, Partial<EndpointRequest>, string[]]>([
  ['nothing', {}, []],
  ['a bearer', { bearer: 'tok' }, ['tok']],
  [
    'a form, its code, verifier and tokens only',
    {
      form: new URLSearchParams({
        grant_type: 'authorization_code',
        code: 'c',
        code_verifier: 'v',
        redirect_uri: 'https://app.test/',
        client_id: 'app',
        refresh_token: 'r',
        token: 't',
      }),
    },
    ['c', 'v', 'r', 't'],
  ],
])('says which secrets it sent with %s', async (_name, asked, secrets) => {
  expect(await ask(() => json({}), asked)).toMatchObject({ secrets })
})
