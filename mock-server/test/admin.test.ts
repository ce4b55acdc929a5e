import { describe, expect, it } from 'vitest'
import type { MockServer } from '../src/index.js'
import { createMock, readJson, send, signIn, startOfTime } from './support/flow.js'

interface CallOptions {
  body?: unknown
  headers?: Record<string, string>
  ip?: string
  base?: string
}

/** An admin request, with the token unless the headers say otherwise. */
function call(mock: MockServer, line: string, options: CallOptions = {}): Promise<Response> {
  const [method = 'GET', path = ''] = line.split(' ')
  const { body, headers = {}, ip = '127.0.0.1', base = mock.issuer } = options
  const request = new Request(`${base}/__mock${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', 'x-mock-token': mock.adminToken, ...headers },
  })
  return mock.fetch(request, { ip })
}

async function getStatus(answer: Promise<Response>): Promise<number> {
  return (await answer).status
}

const jwks = '/.well-known/jwks.json'

describe('the admin', () => {
  it('lets in nobody without the token, from elsewhere, under another name, or of another origin', async () => {
    const mock = createMock()
    const attempts: [number, CallOptions][] = [
      [401, { headers: { 'x-mock-token': '' } }],
      [401, { headers: { 'x-mock-token': `${mock.adminToken}x` } }],
      [403, { ip: '192.168.1.7' }],
      [403, { ip: '::ffff:10.0.0.1' }],
      [403, { base: 'http://evil.example:4400' }],
      [403, { base: 'http://127.0.0.1.evil.example:4400' }],
      [403, { headers: { origin: 'https://evil.example' } }],
      [403, { headers: { origin: 'null' } }],
      [200, { ip: '::ffff:127.0.0.1' }],
      [200, { ip: '::1', base: 'http://localhost:4400' }],
      [200, { headers: { origin: 'https://app.example' } }],
    ]
    for (const [status, options] of attempts) {
      expect([options, await getStatus(call(mock, 'GET /faults', options))]).toEqual([options, status])
    }
  })

  it('has another token at every start, also of the same seed, and shows it in no log', async () => {
    const [first, second] = [createMock({ seed: 'x' }), createMock({ seed: 'x' })]
    expect(first.adminToken).toMatch(/^[\w-]{43}$/)
    expect(first.adminToken).not.toBe(second.adminToken)
    await call(first, 'GET /faults')
    expect(first.requests()).toEqual([])
    const response = await call(first, 'GET /faults', { headers: { 'x-mock-token': 'wrong' } })
    expect(await response.text()).not.toContain(first.adminToken)
  })

  it('answers the preflight of a registered origin and of no other', async () => {
    const mock = createMock()
    const preflight = (origin: string): Promise<Response> =>
      call(mock, 'OPTIONS /faults', { headers: { origin, 'x-mock-token': '' } })
    const { status, headers } = await preflight('https://app.example')
    expect([status, headers.get('access-control-allow-headers')]).toEqual([204, 'Content-Type, X-Mock-Token'])
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example')
    const foreign = await preflight('https://evil.example')
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })

  it('adds, lists, removes and verifies faults', async () => {
    const mock = createMock()
    const body = { name: 'jwks.500', match: { times: 2 } }
    const added = await call(mock, 'POST /faults', { body })
    expect(added.status).toBe(201)
    const { id } = await readJson(added)
    expect(await (await call(mock, 'GET /faults')).json()).toEqual([
      { id, name: 'jwks.500', parameters: {}, match: { endpoint: 'jwks', times: 2 }, applied: 0 },
    ])
    expect((await send(mock, jwks)).status).toBe(500)
    const verified = await call(mock, 'POST /verify')
    expect(verified.status).toBe(409)
    expect(await readJson(verified)).toMatchObject({ error: 'fault_unconsumed' })
    expect(await getStatus(call(mock, 'POST /verify'))).toBe(204)
    const { id: second } = await readJson(await call(mock, 'POST /faults', { body }))
    expect(await getStatus(call(mock, `DELETE /faults/${String(second)}`))).toBe(204)
    expect(await getStatus(call(mock, `DELETE /faults/${String(second)}`))).toBe(404)
    expect((await send(mock, jwks)).status).toBe(200)
    await call(mock, 'POST /faults', { body })
    expect(await getStatus(call(mock, 'DELETE /faults'))).toBe(204)
    expect(await (await call(mock, 'GET /faults')).json()).toEqual([])
  })

  it('moves the clock, rotates keys, shows requests and manages users', async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    expect(await readJson(await call(mock, 'POST /clock', { body: { advance: '30s' } }))).toEqual({
      now: startOfTime + 30_000,
    })
    expect(await readJson(await call(mock, 'GET /clock'))).toEqual({ now: startOfTime + 30_000 })
    const rotated = await call(mock, 'POST /keys/rotate', { body: { retire: 'drop' } })
    expect(await rotated.json()).toEqual(mock.keys.published())
    expect(await (await call(mock, 'GET /keys')).json()).toHaveLength(1)
    const listed = (await (await call(mock, 'GET /requests?endpoint=token')).json()) as object[]
    expect(listed).toMatchObject([{ endpoint: 'token', status: 200 }])
    expect(await getStatus(call(mock, 'DELETE /requests'))).toBe(204)
    expect(mock.requests()).toEqual([])
    expect(await getStatus(call(mock, 'POST /users', { body: { sub: 'usr_new', name: 'New' } }))).toBe(201)
    expect(await (await call(mock, 'GET /users')).json()).toHaveLength(4)
    expect(await getStatus(call(mock, 'POST /users/usr_mira/sign-out'))).toBe(204)
    const headers = { authorization: `Bearer ${access_token}` }
    expect((await send(mock, '/oauth2/userinfo', { headers })).status).toBe(401)
    expect(await getStatus(call(mock, 'DELETE /users/usr_new'))).toBe(204)
    expect(await getStatus(call(mock, 'DELETE /users/usr_new'))).toBe(404)
    expect(await (await call(mock, 'GET /catalogue')).json()).toHaveLength(
      new Set(
        ((await (await call(mock, 'GET /catalogue')).json()) as { name: string }[]).map(({ name }) => name),
      ).size,
    )
  })

  it('refuses what it cannot read with 400, and a path it does not have with 404', async () => {
    const mock = createMock()
    const bad: [string, unknown][] = [
      ['POST /faults', undefined],
      ['POST /faults', []],
      ['POST /faults', { name: 'no.such' }],
      ['POST /faults', { name: '__proto__' }],
      ['POST /faults', { name: 'jwks.500', parameters: 1 }],
      ['POST /faults', { name: 'jwks.500', match: { color: 'red' } }],
      ['POST /faults', { name: 'disc.slow', parameters: { ms: 'long' } }],
      ['POST /faults', { name: 'jwks.500', stage: 'body' }],
      ['POST /faults', { name: 'jwks.500', match: { endpoint: 'jwk' } }],
      ['POST /scenarios', { name: 'no.such' }],
      ['POST /scenarios', { name: 'refresh.race', parameters: { hold: 'two' } }],
      ['POST /scenarios', { name: 'session.asleep', parameters: { by: 'long' } }],
      ['POST /clients', { client_id: 'x' }],
      ['POST /clients', { client_id: 'x', redirect_uris: 'https://app.example/' }],
      ['POST /clients', { client_id: 'x', redirect_uris: ['http://app.example/'] }],
      ['POST /issuers', { name: 'a/b' }],
      ['POST /issuers', {}],
      ['GET /requests?endpoint=tokens', undefined],
      ['POST /clock', { advance: '61' }],
      ['POST /clock', {}],
      ['POST /clock', { advance: 1e308 }],
      ['POST /clock', { advance: `${'9'.repeat(20)}d` }],
      ['POST /keys/rotate', { retire: 'burn' }],
      ['POST /users', { name: 'nobody' }],
      ['POST /users', { sub: '' }],
      ['POST /users', undefined],
      ['POST /users', { sub: 'usr_x', claims: { iss: 'https://elsewhere.example' } }],
    ]
    for (const [line, body] of bad) {
      expect([line, body, await getStatus(call(mock, line, { body }))]).toEqual([line, body, 400])
    }
    const text = { 'content-type': 'text/plain' }
    expect(await getStatus(call(mock, 'POST /faults', { body: {}, headers: text }))).toBe(400)
    for (const line of ['GET /', 'GET /nothing', 'PUT /faults', 'GET /faults/f1/x', 'DELETE /users/%zz']) {
      expect([line, await getStatus(call(mock, line))]).toEqual([line, 404])
    }
  })

  it.each<[string, unknown, RegExp]>([
    ['sub', { sub: 1 }, /sub of a user is a text/],
    ['name', { sub: 'usr_x', name: ['Mira'] }, /name of a user is a text/],
    ['email_verified', { sub: 'usr_x', email_verified: 'yes' }, /email_verified of a user is true or false/],
    ['updated_at', { sub: 'usr_x', updated_at: '2026' }, /updated_at of a user is a whole number/],
    ['claims', { sub: 'usr_x', claims: [] }, /claims of a user is an object/],
    ['one there is not', { sub: 'usr_x', nickname: 'M' }, /"nickname" is no member of a user/],
    ['one of every object', JSON.parse('{"sub":"usr_x","__proto__":{}}'), /"__proto__" is no member/],
  ])('names the member of a user that is wrong: %s', async (_title, body, problem) => {
    const mock = createMock()
    const response = await call(mock, 'POST /users', { body })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: expect.stringMatching(problem) as string,
    })
    expect(mock.users.get('usr_x')).toBeUndefined()
  })

  it('is there below an issuer of its own, for that issuer', async () => {
    const mock = createMock()
    const a = mock.issuerFor('a')
    const headers = { 'x-mock-token': mock.adminToken }
    const body = { name: 'jwks.500' }
    expect(await getStatus(call(mock, 'POST /faults', { base: a.issuer, body, headers }))).toBe(201)
    expect((await send(mock, jwks)).status).toBe(200)
    expect((await send(a, jwks)).status).toBe(500)
  })

  it('registers clients without telling their secrets, starts scenarios and makes issuers', async () => {
    const mock = createMock()
    const client = { client_id: 'late', redirect_uris: ['https://late.example/cb'], client_secret: 's3cret' }
    const added = await call(mock, 'POST /clients', { body: client })
    expect(added.status).toBe(201)
    expect(await added.text()).not.toContain('s3cret')
    expect(await (await call(mock, 'GET /clients')).text()).toMatch(/"late"/)
    expect(mock.clients.get('late')?.client_secret).toBe('s3cret')
    expect(await getStatus(call(mock, 'DELETE /clients/late'))).toBe(204)
    expect(await getStatus(call(mock, 'DELETE /clients/late'))).toBe(404)

    const started = await call(mock, 'POST /scenarios', {
      body: { name: 'network.captive-portal', parameters: { requests: 1 } },
    })
    expect(started.status).toBe(201)
    expect(await (await send(mock, jwks)).text()).toContain('<')
    expect(await (await call(mock, 'GET /scenarios')).text()).toContain('refresh.race')

    const made = await readJson(await call(mock, 'POST /issuers', { body: { name: 'b' } }))
    expect(made).toEqual({ name: 'b', issuer: `${mock.issuer}/i/b` })
    expect((await send(mock, `/i/b${jwks}`)).status).toBe(200)
  })

  it('checks the Host of a real port', async () => {
    const mock = createMock()
    const listener = await mock.listen()
    const headers = { 'x-mock-token': mock.adminToken }
    expect(await getStatus(fetch(`${listener.url}/__mock/faults`, { headers }))).toBe(200)
    const { request } = await import('node:http')
    const status = await new Promise((resolve) => {
      request(
        `${listener.url}/__mock/faults`,
        { headers: { ...headers, host: 'evil.example' } },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      ).end()
    })
    expect(status).toBe(403)
    await listener.close()
  })
})
