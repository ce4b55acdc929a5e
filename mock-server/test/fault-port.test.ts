import { get, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PortFaults } from '../src/faults/port-faults.js'
import type { Listener, MockServer } from '../src/index.js'
import { createMock, send } from './support/flow.js'
import { expectStruck } from './support/fault-run.js'

const path = '/.well-known/jwks.json'
let mock: MockServer
let listener: Listener

beforeEach(async () => {
  mock = createMock()
  listener = await mock.listen()
})

afterEach(() => listener.close())

function getError(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'answered',
    (error: unknown) => error,
  )
}

/** What a client sees on the real port, and what it sees in process. */
const outcomes: Record<keyof PortFaults, () => Promise<void>> = {
  'http.huge-header': async () => {
    const error = await getError(fetch(listener.url + path))
    expect(error).toMatchObject({ cause: { code: 'UND_ERR_HEADERS_OVERFLOW' } })
  },
  'transport.reset': async () => {
    const request = get(listener.url + path)
    const [error] = (await once(request, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNRESET')
  },
  'transport.content-length-too-long': async () => {
    const request = get(listener.url + path)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const promised = Number(response.headers['content-length'])
    const [chunk] = (await once(response, 'data')) as [Buffer]
    expect(promised - chunk.length).toBe(100)
    expect(JSON.parse(chunk.toString())).toHaveProperty('keys')
    expect(response.complete).toBe(false)
    request.destroy()
  },
  'transport.tls-expired': async () => {
    expect(await getError(fetch(listener.url + path))).toBeInstanceOf(TypeError)
  },
}

describe('a fault on a real port', () => {
  it.each(Object.keys(outcomes) as (keyof PortFaults)[])('%s is what it says, once', async (name) => {
    mock.fault(name)
    await outcomes[name]()
    expectStruck(mock, name)
    expect((await fetch(listener.url + path)).status).toBe(200)
  })
})

describe('an answer on a real port', () => {
  it('has the headers that it has in process, byte by byte', async () => {
    const value = 'für \u00ff'
    mock.fault('http.header.set', { name: 'X-Name', value }, { times: 2 })
    expect((await send(mock, path)).headers.get('x-name')).toBe(value)
    expect((await fetch(listener.url + path)).headers.get('x-name')).toBe(value)
  })

  it.each(['transport.drop-mid-body', 'transport.slow-body', 'transport.content-length-too-long'] as const)(
    'has no body with a status that has none, whatever %s would do to it',
    async (name) => {
      mock.fault('http.204-empty', {}, { times: 2 })
      mock.fault(name, {}, { times: 2 })
      for (const answer of [await send(mock, path), await fetch(listener.url + path)]) {
        expect([answer.status, await answer.text()]).toEqual([204, ''])
      }
    },
  )
})

describe('the same fault in process', () => {
  it('http.huge-header has the header', async () => {
    mock.fault('http.huge-header', { bytes: 20_000 })
    expect((await send(mock, path)).headers.get('x-padding')).toHaveLength(20_000)
  })

  it('transport.reset and transport.tls-expired reject with the code', async () => {
    for (const [name, code] of [
      ['transport.reset', 'ECONNRESET'],
      ['transport.tls-expired', 'CERT_HAS_EXPIRED'],
    ] as const) {
      mock.fault(name)
      expect(await getError(send(mock, path))).toMatchObject({ message: 'fetch failed', cause: { code } })
    }
  })

  it('transport.content-length-too-long gives the bytes and no end, until the client gives up', async () => {
    mock.fault('transport.content-length-too-long')
    const giveUp = new AbortController()
    const response = await send(mock, path, { signal: giveUp.signal })
    const reader = response.body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(Number(response.headers.get('content-length')) - (value?.length ?? 0)).toBe(100)
    const rest = getError(reader?.read() ?? Promise.resolve())
    giveUp.abort(new Error('gave up'))
    expect(await rest).toMatchObject({ message: 'gave up' })
  })
})
