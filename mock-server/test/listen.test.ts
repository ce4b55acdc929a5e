import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMockServer, type Listener } from '../src/index.js'
import { caseTest } from '@spatio-labs/cases'
import { createMock } from './support/flow.js'

const open: { close(): unknown }[] = []

afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(open.splice(0).map((closable) => closable.close()))
})

async function takePort(): Promise<number> {
  const server = createServer()
  open.push({ close: () => new Promise((resolve) => server.close(resolve)) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function keep(listener: Listener): Listener {
  open.push(listener)
  return listener
}

describe('listening', () => {
  caseTest(
    'S-MOCK-01',
    'binds to 127.0.0.1 and refuses production and other hosts unless forced',
    async () => {
      const mock = createMock()
      const listener = keep(await mock.listen())
      expect(listener.url).toBe(`http://127.0.0.1:${listener.port}`)
      expect(mock.issuer).toBe(listener.url)
      await expect(mock.listen({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'host_refused' })
      vi.stubEnv('NODE_ENV', 'production')
      await expect(mock.listen()).rejects.toMatchObject({ code: 'production_refused' })
      keep(await mock.listen({ force: true }))
      return fetch(`${listener.url}/.well-known/openid-configuration`)
    },
  )

  it('says which port is taken', async () => {
    const port = await takePort()
    const attempt = createMockServer().listen({ port })
    await expect(attempt).rejects.toMatchObject({
      name: 'MockServerError',
      code: 'address_in_use',
      message: expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`) as string,
      cause: { code: 'EADDRINUSE' },
    })
  })

  it('keeps an issuer it was given, and leaves the Request and Response of the process alone', async () => {
    const { Request: request, Response: response } = globalThis
    const mock = createMockServer({ issuer: 'http://127.0.0.1:4999' })
    keep(await mock.listen())
    expect(mock.issuer).toBe('http://127.0.0.1:4999')
    expect(globalThis.Request).toBe(request)
    expect(globalThis.Response).toBe(response)
  })

  it('closes once the request under way is answered, and then takes no other', async () => {
    const listener = await createMock().listen()
    const body = 'grant_type=refresh_token'
    const headers = { expect: '100-continue', 'content-length': String(body.length) }
    const outgoing = httpRequest(`${listener.url}/oauth2/token`, { method: 'POST', headers })
    outgoing.flushHeaders()
    // The server has the headers and waits for the body: the request is under way.
    await once(outgoing, 'continue')
    const closed = listener.close()
    outgoing.end(body)
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(400)
    response.resume()
    await closed
    await expect(fetch(`${listener.url}/.well-known/jwks.json`)).rejects.toThrow()
    await listener.close()
  })

  it('counts registrations by the address they come from', async () => {
    const mock = createMock()
    const listener = keep(await mock.listen())
    const body = JSON.stringify({ client_name: 'x', redirect_uris: ['https://app.example/'] })
    const headers = { 'content-type': 'application/json' }
    const statuses: number[] = []
    for (let count = 0; count < 11; count += 1) {
      statuses.push(
        (await fetch(`${listener.url}/oauth2/register`, { method: 'POST', body, headers })).status,
      )
    }
    expect(statuses.at(9)).toBe(201)
    expect(statuses.at(10)).toBe(429)
  })

  it('survives a path, a query and a body that no client would send', async () => {
    const listener = keep(await createMock().listen())
    for (const path of ['/%zz', '/oauth2/authorize?%', '/..%2f..%2f', '/oauth2//token', '/v1/notes?\u00e9']) {
      expect((await fetch(listener.url + path)).status).toBeLessThan(500)
    }
    const body = 'a='.padEnd(1_000_000, 'x')
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await fetch(`${listener.url}/oauth2/token`, { method: 'POST', body, headers })).status).toBe(413)
  })
})
