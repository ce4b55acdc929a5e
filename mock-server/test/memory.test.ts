import { expect, it } from 'vitest'
import type { MockServer } from '../src/index.js'
import {
  createMock,
  getCode,
  openConsentPage,
  CookieJar,
  readTokens,
  refresh,
  send,
  signIn,
} from './support/flow.js'

/** How many records a mock holds: the length of every list in its state. */
function countRecords(mock: MockServer): number {
  const count = (value: unknown): number => {
    if (Array.isArray(value)) return value.length
    if (typeof value !== 'object' || value === null) return 0
    return Object.values(value).reduce((sum: number, member) => sum + count(member), 0)
  }
  return count(mock.saveState())
}

it('holds no more after many refreshes than after some: what has expired is swept', async () => {
  const mock = createMock()
  // Without openid, so that no time goes into signatures.
  const scope = 'read:*'
  let { refresh_token } = await signIn(mock, { scope })
  const sizes: number[] = []
  for (let turn = 1; turn <= 1_200; turn += 1) {
    // A family lives 30 days, so a new sign-in follows now and then.
    mock.clock.advance('4h')
    if (turn % 150 === 0) refresh_token = (await signIn(mock, { scope })).refresh_token
    refresh_token = (await readTokens(await refresh(mock, refresh_token))).refresh_token
    if (turn % 300 === 0) sizes.push(countRecords(mock))
  }
  const [first = 0, ...later] = sizes
  for (const size of later) expect(Math.abs(size - first)).toBeLessThanOrEqual(5)
})

it('holds no more after thousands of refreshes in no time, and still knows the last used tokens', async () => {
  const mock = createMock()
  let { refresh_token } = await signIn(mock, { scope: 'read:*' })
  const used: string[] = []
  for (let turn = 0; turn < 2_500; turn += 1) {
    used.push(refresh_token)
    refresh_token = (await readTokens(await refresh(mock, refresh_token))).refresh_token
  }
  expect(countRecords(mock)).toBeLessThan(2_050)
  // Forgotten: refused, as every unknown token is, and the family lives on.
  expect((await refresh(mock, used[0] ?? '')).status).toBe(400)
  refresh_token = (await readTokens(await refresh(mock, refresh_token))).refresh_token
  expect((await refresh(mock, used.at(-500) ?? '')).status).toBe(400)
  expect((await refresh(mock, refresh_token)).status).toBe(400)
})

it('forgets sign-ins that were begun, codes that were not redeemed and sessions that are over', async () => {
  const mock = createMock()
  const before = countRecords(mock)
  for (let turn = 0; turn < 100; turn += 1) {
    await getCode(mock)
    await openConsentPage(mock, new CookieJar())
  }
  expect(countRecords(mock)).toBeGreaterThan(before + 200)
  mock.clock.advance('25h')
  await send(mock, '/.well-known/jwks.json')
  // The consent is the one thing that stays.
  expect(countRecords(mock)).toBe(before + 1)
})

it('keeps a bounded log of requests', async () => {
  const mock = createMock()
  for (let turn = 0; turn < 2_500; turn += 1) await send(mock, `/oauth2/consent?request=${turn}`)
  expect(mock.requests().length).toBeLessThanOrEqual(2_000)
  expect(mock.requests().at(-1)?.id).toBe(2_500)
})
