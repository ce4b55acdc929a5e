import { describe, expect, it } from 'vitest'
import { catalogue } from '../src/faults/catalogue.js'
import { faults } from '../src/index.js'
import { createMock, getUserInfo, redeem, refresh, send, signIn } from './support/flow.js'

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
