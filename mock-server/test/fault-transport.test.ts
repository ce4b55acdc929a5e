import { afterEach, describe, expect, it, vi } from 'vitest'
import type { HttpFaults } from '../src/faults/http-faults.js'
import type { FaultName, MockServer } from '../src/index.js'
import { createMock, post, readJson, send } from './support/flow.js'
import { expectStruck, readDocument } from './support/fault-run.js'

const path = '/.well-known/jwks.json'
const origin = { origin: 'https://app.example' }
const isJson = (text: string): boolean => {
  try {
    return Boolean(JSON.parse(text)) || true
  } catch {
    return false
  }
}

afterEach(() => {
  vi.restoreAllMocks()
})

type HttpCheck = (response: Response, text: string) => unknown
const page: HttpCheck = (response, text) => {
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(isJson(text)).toBe(false)
}

const httpChecks: Record<keyof HttpFaults, [status: number, check: HttpCheck]> = {
  'http.500': [500, (_response, text) => expect(JSON.parse(text)).toMatchObject({ error: 'server_error' })],
  'http.502-html': [502, page],
  'http.503+retry-after': [503, (response) => expect(response.headers.get('retry-after')).toBe('1')],
  'http.429': [429, (response) => expect(response.headers.get('retry-after')).toBe('1')],
  'http.204-empty': [204, (_response, text) => expect(text).toBe('')],
  'http.redirect-loop': [302, (response) => expect(response.headers.get('location')).toContain(path)],
  'http.captive-portal': [200, page],
  'http.status': [
    503,
    (_response, text) => expect(JSON.parse(text)).toMatchObject({ error: 'server_error' }),
  ],
  'http.outage': [503, (response) => expect(response.headers.get('retry-after')).toBe('5')],
  'http.error-echo': [
    400,
    (_response, text) => expect(JSON.parse(text)).toMatchObject({ error: 'invalid_request' }),
  ],
  'http.wrong-content-type': [
    200,
    (response, text) =>
      expect([response.headers.get('content-type'), isJson(text)]).toEqual(['text/html', true]),
  ],
  // text() strips one byte order mark: a parser that works on bytes meets it.
  'http.bom': [200, (_response, text) => expect(isJson(text)).toBe(true)],
  'http.json.truncated': [200, (_response, text) => expect(isJson(text)).toBe(false)],
  'http.json.array': [200, (_response, text) => expect(JSON.parse(text)).toHaveLength(1)],
  'http.json.deep-nesting': [200, (_response, text) => expect(text).toContain('['.repeat(10_000))],
  'http.json.__proto__': [
    200,
    (_response, text) => expect(Object.keys(JSON.parse(text) as object)).toEqual(['__proto__', 'keys']),
  ],
  'http.huge-body': [200, (_response, text) => expect(text.length).toBeGreaterThan(5_000_000)],
}

describe('a fault in HTTP', () => {
  it.each(Object.entries(httpChecks) as [FaultName, [number, HttpCheck]][])(
    '%s is what it says, once',
    async (name, [status, check]) => {
      const mock = createMock()
      const fault = mock.fault(name)
      const { response, text } = await readDocument(mock, path)
      expect(response.status).toBe(status)
      expect(response.headers.get('date')).toBe('Thu, 01 Jan 2026 00:00:00 GMT')
      check(response, text)
      expectStruck(mock, name)
      // An outage is over only when its time is, or it is switched off.
      fault.remove()
      expect((await readDocument(mock, path)).text).toMatch(/^\{"keys":\[\{/)
    },
  )

  it('http.error-echo repeats a form and a token, as sent and encoded', async () => {
    const mock = createMock()
    mock.fault('http.error-echo', { status: 401 }, { endpoint: 'introspect' })
    const headers = { Authorization: 'Bearer tok_secret' }
    const request = { method: 'POST', headers, body: new URLSearchParams({ token: 'a/b c' }) }
    const response = await send(mock, '/oauth2/introspect', request)
    expect(response.status).toBe(401)
    const { error_description: description } = await readJson(response)
    expect(description).toBe('Cannot read token a/b c (token=a%2Fb+c) of Bearer tok_secret')
  })

  it('http.status takes a status, a body and a Retry-After', async () => {
    const mock = createMock()
    mock.fault('http.status', { status: 418, body: 'html', retryAfter: 'a while' })
    const { response, text } = await readDocument(mock, path)
    expect([response.status, response.headers.get('retry-after')]).toEqual([418, 'a while'])
    page(response, text)
    mock.fault('http.status', { status: 400, body: 'empty' })
    expect((await readDocument(mock, path)).text).toBe('')
    mock.fault('http.status', { status: 400, error: 'slow_down' })
    expect(JSON.parse((await readDocument(mock, path)).text)).toMatchObject({ error: 'slow_down' })
  })

  it('http.captive-portal is on every path, also where nothing is', async () => {
    const mock = createMock()
    mock.fault('http.captive-portal', {}, { times: 'always' })
    for (const anywhere of [path, '/nothing', '/oauth2/token', '/v1/notes']) {
      expect((await readDocument(mock, anywhere)).text).toContain('Welcome to the network')
    }
  })

  it('http.bom puts the mark before the JSON', async () => {
    const mock = createMock()
    mock.fault('http.bom')
    const bytes = new Uint8Array(await (await send(mock, path)).arrayBuffer())
    expect([...bytes.slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x7b])
  })
})

describe('a fault in the connection', () => {
  it('transport.delay waits, by the clock it is given', async () => {
    const waits: number[] = []
    const mock = createMock({ wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)) })
    mock.fault('transport.delay', { ms: 5_000 }, { endpoint: 'jwks', after: 1 })
    for (let count = 0; count < 3; count += 1) expect((await send(mock, path)).status).toBe(200)
    expect(waits).toEqual([5_000])
    mock.verify()
  })

  it('transport.hang and transport.delay end when the request is aborted', async () => {
    const mock = createMock()
    for (const name of ['transport.hang', 'transport.delay'] as const) {
      mock.fault(name, name === 'transport.delay' ? { ms: 3_600_000 } : {})
      const controller = new AbortController()
      const attempt = send(mock, path, { signal: controller.signal })
      controller.abort(new Error('gave up'))
      await expect(attempt).rejects.toThrow('gave up')
    }
    mock.verify()
  })

  it.each([
    ['undici', 'fetch failed'],
    ['chromium', 'Failed to fetch'],
    ['webkit', 'Load failed'],
  ] as const)('transport.offline rejects in the words of %s', async (engine, message) => {
    const mock = createMock()
    mock.fault('transport.offline', { engine })
    const error: unknown = await send(mock, path).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message, cause: { code: 'ECONNREFUSED' } })
    expect(mock.requests({ endpoint: 'jwks' })).toMatchObject([
      { status: undefined, faults: ['transport.offline'] },
    ])
  })

  it('transport.dns rejects with the code of an unknown host', async () => {
    const mock = createMock()
    mock.fault('transport.dns')
    await expect(send(mock, path)).rejects.toMatchObject({ cause: { code: 'ENOTFOUND' } })
  })

  it('transport.drop-mid-body begins an answer and does not end it', async () => {
    // The port adapter logs what it could not send.
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const mock = createMock()
    const listener = await mock.listen()
    for (const request of [() => send(mock, path), () => fetch(listener.url + path)]) {
      mock.fault('transport.drop-mid-body')
      const response = await request()
      expect(response.status).toBe(200)
      await expect(response.text()).rejects.toThrow('terminated')
    }
    await listener.close()
  })

  it('transport.slow-body pauses before every byte', async () => {
    const waits: number[] = []
    const mock = createMock({ wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)) })
    const plain = await (await send(mock, path)).text()
    mock.fault('transport.slow-body', { ms: 10 })
    expect(await (await send(mock, path)).text()).toBe(plain)
    expect(waits).toEqual(Array.from({ length: plain.length }, () => 10))
  })

  it('ends the connection on a real port', async () => {
    const mock = createMock()
    const listener = await mock.listen()
    for (const name of ['transport.offline', 'transport.drop-before-headers'] as const) {
      mock.fault(name)
      await expect(fetch(listener.url + path)).rejects.toThrow('fetch failed')
    }
    expect((await fetch(listener.url + path)).status).toBe(200)
    await listener.close()
  })
})

describe('a fault in CORS', () => {
  const corsHeaders = async (mock: MockServer): Promise<Record<string, string>> => {
    const { headers } = await post(mock, '/oauth2/token', {}, origin)
    return Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))
  }
  const exposed = { 'access-control-expose-headers': 'WWW-Authenticate, Retry-After' }
  const outcomes: [FaultName, Record<string, string>][] = [
    ['cors.missing', {}],
    ['cors.wrong-origin', { 'access-control-allow-origin': 'https://someone-else.example', ...exposed }],
    ['cors.no-expose-headers', { 'access-control-allow-origin': 'https://app.example' }],
    [
      'cors.star-with-credentials',
      { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true', ...exposed },
    ],
  ]
  it.each(outcomes)('%s is what it says', async (name, headers) => {
    const mock = createMock()
    mock.fault(name)
    expect(await corsHeaders(mock)).toEqual(headers)
    expectStruck(mock, name)
    expect(await corsHeaders(mock)).toEqual({
      'access-control-allow-origin': 'https://app.example',
      ...exposed,
    })
  })

  it('http.header.set sets a header and takes one out', async () => {
    const mock = createMock()
    mock.fault('http.header.set', { name: 'Date', value: 'yesterday' })
    expect((await send(mock, path)).headers.get('date')).toBe('yesterday')
    mock.fault('http.header.set')
    expect((await send(mock, path)).headers.get('cache-control')).toBeNull()
    expect((await send(mock, path)).headers.get('cache-control')).toBe('public, max-age=300')
    mock.fault('http.header.set', { name: 'Content-Type' })
    expect((await send(mock, path)).headers.get('content-type')).toBeNull()
    mock.verify()
  })

  it('cors.preflight-fails refuses the preflight and nothing else', async () => {
    const mock = createMock()
    mock.fault('cors.preflight-fails')
    expect((await send(mock, '/v1/notes', { headers: origin })).status).toBe(401)
    expect((await send(mock, '/v1/notes', { method: 'OPTIONS', headers: origin })).status).toBe(403)
    mock.verify()
  })
})
