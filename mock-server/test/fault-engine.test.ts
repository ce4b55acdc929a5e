import { describe, expect, it } from 'vitest'
import { catalogue } from '../src/faults/catalogue.js'
import { faults } from '../src/index.js'
import type { FaultMatch } from '../src/index.js'
import {
  authorize,
  confirm,
  CookieJar,
  createMock,
  getUserInfo,
  openConsentPage,
  post,
  redeem,
  refresh,
  send,
  signIn,
} from './support/flow.js'

const jwks = '/.well-known/jwks.json'

describe('a fault', () => {
  it('strikes once by default and is named in the log', async () => {
    const mock = createMock()
    const fault = mock.fault('jwks.500')
    const statuses = [await send(mock, jwks), await send(mock, jwks)].map((response) => response.status)
    expect(statuses).toEqual([500, 200])
    expect(fault.applied).toBe(1)
    expect(mock.requests({ endpoint: 'jwks' }).map((request) => request.faults)).toEqual([['jwks.500'], []])
    mock.verify()
  })

  it('strikes as often as told, spares the first, or only the n-th', async () => {
    const mock = createMock()
    const getStatuses = async (): Promise<number[]> => {
      const statuses: number[] = []
      for (let count = 0; count < 4; count += 1) statuses.push((await send(mock, jwks)).status)
      return statuses
    }
    mock.fault('jwks.500', {}, { times: 2 })
    expect(await getStatuses()).toEqual([500, 500, 200, 200])
    mock.fault('jwks.500', {}, { after: 1 })
    expect(await getStatuses()).toEqual([200, 500, 200, 200])
    mock.fault('jwks.500', {}, { nth: 3 })
    expect(await getStatuses()).toEqual([200, 200, 500, 200])
    const always = mock.fault('jwks.500', {}, { times: 'always' })
    expect(await getStatuses()).toEqual([500, 500, 500, 500])
    always.remove()
    expect(await getStatuses()).toEqual([200, 200, 200, 200])
    mock.verify()
  })

  it('strikes only the endpoint, grant, client and user it is for', async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    mock.fault('http.500', {}, { endpoint: 'token', grant: 'refresh_token' })
    mock.fault('http.500', {}, { endpoint: 'token', client: 'other' })
    mock.fault('id.sub.missing', {}, { user: 'usr_yuki' })
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(200)
    expect((await redeem(mock, 'cod_x')).status).toBe(400)
    expect((await refresh(mock, tokens.refresh_token)).status).toBe(500)
    expect((await refresh(mock, tokens.refresh_token)).status).toBe(200)
    expect((await refresh(mock, 'x', { client_id: 'other' })).status).toBe(500)
    expect(() => mock.verify()).toThrow(/id\.sub\.missing \(struck 0 times\)/)
  })

  it('knows the user and the client by what the request presents, before the endpoint has looked', async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    const jar = new CookieJar()
    const page = await openConsentPage(mock, jar)
    const stops: [FaultMatch, () => Promise<Response>][] = [
      [{ endpoint: 'token' }, () => refresh(mock, tokens.refresh_token, { client_id: '' })],
      [{ endpoint: 'userinfo' }, () => getUserInfo(mock, tokens.access_token)],
      [{ endpoint: 'revoke' }, () => post(mock, '/oauth2/revoke', { token: tokens.refresh_token })],
      [{ endpoint: 'confirm' }, () => confirm(mock, jar, page)],
    ]
    for (const [match, attempt] of stops) {
      mock.fault('http.500', {}, { ...match, user: 'usr_mira' })
      expect((await attempt()).status).toBe(500)
      mock.verify()
    }
    mock.fault('http.500', {}, { endpoint: 'userinfo', client: 'app' })
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(500)
    mock.verify()
  })

  it('strikes only at the path and the prompt it is for', async () => {
    const mock = createMock()
    mock.fault('http.500', {}, { path: '/.well-known/oauth-authorization-server' })
    mock.fault('http.500', {}, { endpoint: 'authorize', prompt: 'none' })
    expect((await send(mock, '/.well-known/openid-configuration')).status).toBe(200)
    expect((await send(mock, '/.well-known/oauth-authorization-server')).status).toBe(500)
    expect((await authorize(mock)).status).toBe(302)
    expect((await authorize(mock, { prompt: 'none' })).status).toBe(500)
    mock.verify()
  })

  it('tells which requests came after it, to compare with its budget', async () => {
    const mock = createMock()
    const fault = mock.fault('jwks.500')
    await send(mock, jwks)
    expect(fault.requestsAfter()).toEqual([])
    await send(mock, jwks)
    await redeem(mock, 'cod_x')
    expect(fault.requestsAfter().map((request) => request.endpoint)).toEqual(['jwks', 'token'])
    expect(fault.requestsAfter({ endpoint: 'jwks' })).toHaveLength(1)
    expect(mock.fault('jwks.empty').requestsAfter()).toEqual([])
  })

  it('ends with the block it was switched on in', async () => {
    const mock = createMock()
    {
      using fault = mock.fault('jwks.500', {}, { times: 'always' })
      expect(fault.name).toBe('jwks.500')
      expect((await send(mock, jwks)).status).toBe(500)
    }
    expect((await send(mock, jwks)).status).toBe(200)
    mock.verify()
  })

  it('fails verify when no request has met it, also after its block, and then is forgotten', () => {
    const mock = createMock()
    {
      using _fault = mock.fault('jwks.500')
    }
    mock.fault('jwks.empty', {}, { times: 2 })
    const unconsumed = expect.objectContaining({ code: 'fault_unconsumed' }) as Error
    expect(() => mock.verify()).toThrow(unconsumed)
    mock.verify()
    mock.fault('jwks.empty')
    mock.clearFaults()
    mock.verify()
  })

  it('leaves a preflight alone', async () => {
    const mock = createMock()
    mock.fault('http.500', {}, { endpoint: 'token' })
    const headers = { origin: 'https://app.example' }
    expect((await send(mock, '/oauth2/token', { method: 'OPTIONS', headers })).status).toBe(204)
    expect((await redeem(mock, 'x')).status).toBe(500)
  })

  it('meets another at the same stage in the order they were switched on', async () => {
    const mock = createMock()
    mock.fault('tolerate.jwks.unknown-kty')
    mock.fault('jwks.wrong-use')
    const { keys } = (await (await send(mock, jwks)).json()) as { keys: Record<string, string>[] }
    expect(keys.map((key) => key['use'])).toEqual(['enc', 'enc'])
    mock.verify()
  })
})

describe('the catalogue', () => {
  it('is data: each fault says what it is, at which stage, and what is expected', () => {
    expect(faults.map((fault) => fault.name).sort()).toEqual(Object.keys(catalogue).sort())
    for (const fault of faults) {
      expect(fault.name).toMatch(/^(tolerate\.)?[a-z]+(\.[\w+-]+)+$/)
      expect(fault.summary).not.toBe('')
      expect(fault.spec).not.toBe('')
      if (fault.name.startsWith('tolerate.')) expect(fault.expect).toBe('tolerate')
    }
  })
})

it.each([
  ['name', ['id.nonce.wrogn'], 'there is no fault "id.nonce.wrogn"'],
  ['parameter', ['disc.slow', { seconds: 1 }], '"seconds" is no member of disc.slow'],
  ['match', ['disc.slow', {}, { grnat: 'refresh_token' }], '"grnat" is no member of a match'],
])('refuses a %s that there is not, and switches nothing on', (_, order, message) => {
  const mock = createMock()
  const fault = mock.fault as (...order: unknown[]) => unknown
  expect(() => fault(...order)).toThrow(expect.objectContaining({ code: 'invalid_option', message }) as Error)
  expect(() => mock.verify()).not.toThrow()
})
