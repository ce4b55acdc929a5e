import { describe, expect, it } from 'vitest'
import type { MockServer } from '../src/index.js'
import { parseFaultSegment, toFaultSegment } from '../src/faults/fault-path.js'
import { takeApart } from './support/fault-run.js'
import {
  createMock,
  getCode,
  getUserInfo,
  readJson,
  readTokens,
  redeem,
  redirectUri,
  refresh,
  send,
  signIn,
  type Target,
} from './support/flow.js'

/** An issuer by its URL on a mock, with the shape `support/flow.ts` works on. */
function at(mock: Pick<MockServer, 'fetch'>, issuer: string): Target {
  return { issuer, fetch: mock.fetch }
}

describe('an issuer of its own', () => {
  it('has its own users, clients, grants, log and faults, and lives below its path', async () => {
    const mock = createMock()
    const [a, b] = [mock.issuerFor('a'), mock.issuerFor('b', { users: [{ sub: 'usr_mira' }] })]
    expect(a.issuer).toBe(`${mock.issuer}/i/a`)
    const tokens = await signIn(a)
    expect(takeApart(tokens.id_token).claims).toMatchObject({ iss: a.issuer, name: 'Mira Okafor' })
    expect(takeApart((await signIn(b)).id_token).claims).not.toHaveProperty('name')
    expect((await getUserInfo(a, tokens.access_token)).status).toBe(200)
    for (const other of [b, mock]) expect((await getUserInfo(other, tokens.access_token)).status).toBe(401)
    a.clients.add({ client_id: 'only-a', redirect_uris: [redirectUri] })
    expect(b.clients.get('only-a')).toBeUndefined()
    a.fault('jwks.500')
    for (const [issuer, status] of [
      [b, 200],
      [mock, 200],
      [a, 500],
    ] as const) {
      expect((await send(issuer, '/.well-known/jwks.json')).status).toBe(status)
    }
    a.verify()
    expect(mock.requests().map((request) => request.endpoint)).toEqual(['userinfo', 'jwks'])
  })

  it('is the same one for the same name, and no path without a name', async () => {
    const mock = createMock()
    expect(mock.issuerFor('a')).toBe(mock.issuerFor('a'))
    expect((await send(mock, '/i/nobody/.well-known/jwks.json')).status).toBe(404)
    for (const name of ['', 'a/b', '%2e', 'a b']) {
      expect(() => mock.issuerFor(name)).toThrow(expect.objectContaining({ code: 'invalid_option' }) as Error)
    }
  })

  it('has metadata that is consistent, in both places RFC 8414 and OpenID Connect look', async () => {
    const mock = createMock({ issuer: 'http://127.0.0.1:4400/base' })
    const a = mock.issuerFor('a')
    const document = await readJson(await send(a, '/.well-known/openid-configuration'))
    expect(document).toMatchObject({ issuer: a.issuer, token_endpoint: `${a.issuer}/oauth2/token` })
    const inserted = 'http://127.0.0.1:4400/.well-known/oauth-authorization-server/base/i/a'
    expect(await readJson(await mock.fetch(new Request(inserted)))).toEqual(document)
  })

  it('runs with the clock above it and can be ahead of it', async () => {
    const mock = createMock()
    const a = mock.issuerFor('a')
    a.clock.advance('1h')
    expect(a.clock.now() - mock.clock.now()).toBe(3_600_000)
    mock.clock.advance('1h')
    expect((await send(a, '/.well-known/jwks.json')).headers.get('date')).toBe(
      'Thu, 01 Jan 2026 02:00:00 GMT',
    )
  })

  it('answers on the port of the one above, and has a browser', async () => {
    const mock = createMock()
    const listener = await mock.listen()
    const a = mock.issuerFor('a')
    const document = (await (await fetch(`${a.issuer}/.well-known/openid-configuration`)).json()) as object
    expect(document).toMatchObject({ issuer: `${listener.url}/i/a` })
    expect(a.browser()).toBeDefined()
    await listener.close()
  })
})

describe('an issuer under faults', () => {
  it('meets its fault at every request and leaves the one above alone', async () => {
    const mock = createMock()
    const faulty = at(mock, mock.faultyIssuer('id.nonce.wrong'))
    expect(faulty.issuer).toBe(`${mock.issuer}/f/id.nonce.wrong`)
    for (const _again of [1, 2]) {
      const { claims } = takeApart((await signIn(faulty)).id_token)
      expect(claims).toMatchObject({ iss: faulty.issuer, nonce: 'n-1x', aud: 'app' })
    }
    expect(takeApart((await signIn(mock)).id_token).claims).toMatchObject({ nonce: 'n-1' })
    expect(mock.requests({ endpoint: 'token' }).map((request) => request.faults)).toEqual([
      ['id.nonce.wrong'],
      ['id.nonce.wrong'],
      [],
    ])
    mock.verify()
  })

  it('takes parameters and a match, and has keys and tokens of its own', async () => {
    const mock = createMock()
    const match = { grant: 'refresh_token' } as const
    const faulty = at(mock, mock.faultyIssuer('token.status', { status: 429, retryAfter: 5 }, match))
    expect(faulty.issuer).toBe(
      `${mock.issuer}/f/token.status&status=429&retryAfter=5&match.grant=refresh_token`,
    )
    const tokens = await readTokens(await redeem(faulty, await getCode(faulty)))
    const response = await refresh(faulty, tokens.refresh_token)
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '5'])
    expect((await getUserInfo(faulty, tokens.access_token)).status).toBe(200)
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    const rotating = at(mock, mock.faultyIssuer('jwks.rotated'))
    await signIn(rotating)
    const kids = async (issuer: Target): Promise<number> =>
      ((await readJson(await send(issuer, '/.well-known/jwks.json'))) as { keys: [] }).keys.length
    expect([await kids(rotating), await kids(mock)]).toEqual([2, 1])
  })

  it('is there below an issuer of its own as well, and takes several faults', async () => {
    const mock = createMock()
    const a = mock.issuerFor('a')
    const faulty = at(mock, `${a.issuer}/f/jwks.empty:http.header.set&name=Age&value=7&match.endpoint=jwks`)
    const response = await send(faulty, '/.well-known/jwks.json')
    expect([response.headers.get('age'), await response.text()]).toEqual(['7', '{"keys":[]}'])
  })

  it('strikes as often as the path says, for those who want one-shot faults', async () => {
    const mock = createMock()
    const faulty = at(mock, mock.faultyIssuer('jwks.500', {}, { times: 1 }))
    const statuses = [
      await send(faulty, '/.well-known/jwks.json'),
      await send(faulty, '/.well-known/jwks.json'),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([500, 200])
  })

  it('answers a path it cannot read with 400 and the reason', async () => {
    const mock = createMock()
    for (const [segment, reason] of [
      ['no.such.fault', /no fault/],
      ['__proto__', /no fault/],
      ['token.status&status', /no value/],
      ['token.status&status=many', /^status of token\.status is a whole number from 200 to 599$/],
      ['token.status&state=500', /"state" is no member of token\.status/],
      ['http.status&body=xml', /^body of http\.status is one of json, html, empty$/],
      ['http.header.set&name=a%20b', /^name of http\.header\.set is the name of a header/],
      ['http.header.set&value=%0A', /^value of http\.header\.set is the value of a header/],
      ['transport.offline&engine=gecko', /^engine of transport\.offline is one of/],
      ['http.429&retryAfter=%0A', /^retryAfter of http\.429 is .* the value of a header/],
      ['http.status&retryAfter=%E6%97%A5', /^retryAfter of http\.status is .* the value of a header/],
      ['http.huge-body&bytes=1e15', /^bytes of http\.huge-body is a whole number from 0 to 100000000$/],
      ['disc.slow&ms=1e10', /^ms of disc\.slow is a number from 0 to 2147483647$/],
      ['clock.server-ahead&seconds=1e300', /^seconds of clock\.server-ahead is a number from 0 to/],
      ['clock.jump-forward&by=99999999d', /^by of clock\.jump-forward is a duration .* up to 36500d$/],
      ['clock.jump-forward&by=long', /^by of clock\.jump-forward is a duration/],
      ['jwks.500&match.endpoint=jwk', /^endpoint of a match is one of discovery/],
      ['jwks.500&match.grant=password', /^grant of a match is one of/],
      ['jwks.500&match.nth=0', /^nth of a match is a whole number of 1 or more$/],
      ['jwks.500&match.color=red', /"color" is no member of a match/],
      ['jwks.500&match.times=often', /^times of a match is a whole number of 1 or more or one of always$/],
      ['jwks.500&%zz=1', /not well encoded/],
    ] as const) {
      const response = await mock.fetch(new Request(`${mock.issuer}/f/${segment}/.well-known/jwks.json`))
      expect(response.status).toBe(400)
      expect((await readJson(response))['error_description']).toMatch(reason)
    }
  })

  it('keeps no more than 200 such paths, and every request in the log', async () => {
    const mock = createMock()
    for (let count = 0; count < 205; count += 1) {
      await send(
        at(mock, mock.faultyIssuer('disc.slow', { ms: count }, { nth: 9 })),
        '/.well-known/jwks.json',
      )
    }
    expect(mock.requests()).toHaveLength(205)
  })
})

describe('the encoding of faults in a path', () => {
  it.each([
    { name: 'http.503+retry-after', parameters: { retryAfter: 'Thu, 01 Jan 2026' }, match: {} },
    { name: 'id.claim.set', parameters: { name: 'deep', value: { a: [1, null, '2', 'ü;,=/'] } }, match: {} },
    {
      name: 'id.claim.set',
      parameters: { name: 'text', value: '42' },
      match: { times: 2, user: 'usr_mira' },
    },
    { name: 'http.json.__proto__', parameters: {}, match: { endpoint: 'jwks', nth: 3 } },
  ] as const)('reads $name back as it was written', (request) => {
    const segment = toFaultSegment([request, { name: 'jwks.empty', parameters: {}, match: {} }])
    expect(segment).toMatch(/^[\w.+&=:%~-]+$/)
    // A URL keeps it as it is: an issuer is compared character by character.
    expect(new URL(`http://127.0.0.1/f/${segment}/x`).pathname).toBe(`/f/${segment}/x`)
    expect(parseFaultSegment(segment)).toEqual([request, { name: 'jwks.empty', parameters: {}, match: {} }])
  })
})
