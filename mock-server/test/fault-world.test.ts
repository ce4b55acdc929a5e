import { describe, expect, it } from 'vitest'
import type { ClockFaults } from '../src/faults/clock-faults.js'
import type { MockServer } from '../src/index.js'
import {
  authorize,
  createMock,
  CookieJar,
  getAnswer,
  getCode,
  readJson,
  redeem,
  readTokens,
  refresh,
  send,
  signIn,
} from './support/flow.js'
import { takeApart } from './support/fault-run.js'

const start = Date.UTC(2026, 0, 1)
const jwks = '/.well-known/jwks.json'

async function readKids(mock: MockServer, cacheControl?: string): Promise<string[]> {
  const headers: Record<string, string> = cacheControl === undefined ? {} : { 'cache-control': cacheControl }
  const { keys } = (await readJson(await send(mock, jwks, { headers }))) as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid)
}

/** Milliseconds by which the authority's answers are off. */
async function readOffset(mock: MockServer): Promise<number> {
  const response = await send(mock, jwks)
  return Date.parse(response.headers.get('date') ?? '') - start
}

const minute = 60_000
const offsets: Record<keyof ClockFaults, [during: number, after: number]> = {
  'clock.server-ahead': [10 * minute, 0],
  'clock.server-behind': [-10 * minute, 0],
  'clock.jump-forward': [480 * minute, 480 * minute],
  'clock.jump-back': [-60 * minute, -60 * minute],
}

describe('a fault in the clock', () => {
  it.each(Object.entries(offsets) as [keyof ClockFaults, [number, number]][])(
    '%s is what it says',
    async (name, [during, after]) => {
      const mock = createMock()
      const fault = mock.fault(name)
      expect(await readOffset(mock)).toBe(during)
      mock.verify()
      fault.remove()
      expect(await readOffset(mock)).toBe(after)
    },
  )

  it('clock.server-ahead is in the id_token as well, by the seconds it is told', async () => {
    const mock = createMock()
    mock.fault('clock.server-ahead', { seconds: 30 })
    const { claims } = takeApart((await signIn(mock)).id_token)
    expect(claims).toMatchObject({ iat: start / 1000 + 30, exp: start / 1000 + 3_630 })
  })

  it('clock.server-behind that is told a number of times ends after the last of them', async () => {
    const mock = createMock()
    mock.fault('clock.server-behind', { seconds: 60 }, { endpoint: 'jwks', times: 1 })
    expect([await readOffset(mock), await readOffset(mock)]).toEqual([-minute, 0])
  })

  it('clock.jump-forward makes the tokens of before expire', async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    mock.fault('clock.jump-forward', { by: '61m' }, { endpoint: 'userinfo' })
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    expect((await send(mock, '/oauth2/userinfo', { headers })).status).toBe(401)
    expect((await refresh(mock, tokens.refresh_token)).status).toBe(200)
    mock.verify()
  })
})

describe('a fault in what a browser keeps', () => {
  it('cache.stale-jwks answers with the old keys, unless fresh ones are asked for or five minutes are over', async () => {
    const mock = createMock()
    const before = await readKids(mock)
    mock.fault('cache.stale-jwks')
    await mock.keys.rotate()
    mock.clock.advance('2m')
    const response = await send(mock, jwks)
    expect(response.headers.get('age')).toBe('120')
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(await readKids(mock)).toEqual(before)
    for (const wish of ['no-cache', 'no-store', 'max-age=0'])
      expect(await readKids(mock, wish)).toHaveLength(2)
    mock.clock.advance('3m')
    expect(await readKids(mock)).toHaveLength(2)
    mock.verify()
  })

  it('cache.stale-jwks that is stubborn gives the old keys to everybody', async () => {
    const mock = createMock()
    const before = await readKids(mock)
    mock.fault('cache.stale-jwks', { cache: 'stubborn' })
    await mock.keys.rotate()
    expect(await readKids(mock, 'no-cache')).toEqual(before)
  })

  it('cookie.blocked makes silent sign-in find nobody, and leaves the redirect alone', async () => {
    const mock = createMock()
    const jar = new CookieJar()
    await readTokens(await redeem(mock, await getCode(mock, {}, jar)))
    const silently = async (): Promise<string | undefined> =>
      getAnswer(await authorize(mock, { prompt: 'none' }, jar.header))['error']
    expect(await silently()).toBeUndefined()
    const fault = mock.fault('cookie.blocked')
    expect(await silently()).toBe('login_required')
    expect(await silently()).toBe('login_required')
    expect(getAnswer(await authorize(mock, {}, jar.header))).toHaveProperty('code')
    fault.remove()
    expect(await silently()).toBeUndefined()
    mock.verify()
  })

  it('cookie.blocked keeps the cookies of the answer back, too', async () => {
    const mock = createMock({ autoConsent: true })
    const fault = mock.fault('cookie.blocked')
    // The consent of before lets autoConsent answer, under a new login session.
    const cookies = async (): Promise<number> =>
      (await authorize(mock, { prompt: 'none', max_age: '10000' })).headers.getSetCookie().length
    expect(await cookies()).toBe(0)
    expect(fault.applied).toBe(1)
  })
})
