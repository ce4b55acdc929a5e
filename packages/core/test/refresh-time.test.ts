import { caseTest } from '@spatio-labs/cases'
import { afterEach, expect, it, vi } from 'vitest'
import { browserEnvironment } from '../src/environment.js'
import { toPageEnvironment } from '../src/life/page-environment.js'
import { answerEndpoint, changeEndpoint } from './kit/forge.js'
import { observeRefresh } from './kit/observe.js'
import { World } from './kit/world.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

caseTest('REF-17', 'refreshes on demand in a hidden tab whose timers do not run', async () => {
  const world = new World()
  const page = await world.signIn()
  const token = await page.auth.getAccessToken()
  page.tab.isVisible = false
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(HOUR + 1)
  expect(world.tokenRequests('refresh_token')).toBe(0)
  await expect(page.auth.getAccessToken()).resolves.not.toBe(token)
  expect(world.tokenRequests('refresh_token')).toBe(1)
  return { kind: 'accept' }
})

caseTest(
  'REF-19',
  'lets a token expire by the monotonic clock when the wall clock is set back a day',
  async () => {
    const world = new World()
    const page = await world.signIn()
    const token = await page.auth.getAccessToken()
    page.tab.isVisible = false
    page.tab.dispatch('visibilitychange')
    world.clock.jump(-DAY)
    await world.clock.advance(HOUR - 60_000)
    await expect(page.auth.getAccessToken()).resolves.toBe(token)
    await world.clock.advance(60_000)
    world.clock.jump(DAY)
    await expect(page.auth.getAccessToken()).resolves.not.toBe(token)
    expect(world.tokenRequests('refresh_token')).toBe(1)
    return { kind: 'accept' }
  },
)

it('refreshes a token that was stored in the future, as the clock now says', async () => {
  const world = new World()
  world.setDeviceAhead(DAY)
  const { tab } = await world.signIn()
  world.setDeviceAhead(0)
  const page = await world.reload(tab)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  expect(world.tokenRequests('refresh_token')).toBe(1)
})

caseTest('REF-20', 'waits sixty days for a token that lives so long', async () => {
  const world = new World()
  const lifetime = 60 * 86_400
  world.intercepts.push(changeEndpoint('/oauth2/token', (body) => ({ ...body, expires_in: lifetime })))
  await world.signIn()
  await world.clock.advance(59 * DAY)
  expect(world.tokenRequests('refresh_token')).toBe(0)
  const timers = vi.useFakeTimers()
  for (const name of ['document', 'location', 'history', 'navigator']) vi.stubGlobal(name, {})
  const fired = vi.fn()
  const cancel = toPageEnvironment(browserEnvironment()).setTimer(fired, 60 * DAY)
  timers.advanceTimersByTime(60 * DAY - 1)
  expect(fired).not.toHaveBeenCalled()
  timers.advanceTimersByTime(1)
  expect(fired).toHaveBeenCalledTimes(1)
  cancel()
  toPageEnvironment(browserEnvironment()).setTimer(fired, 60 * DAY)()
  expect(timers.getTimerCount()).toBe(0)
  return { kind: 'accept' }
})

caseTest('REF-34', 'signs out quietly when the family has reached its absolute end', async () => {
  const world = new World({}, { refreshTokenLifetime: 8 * 3600 })
  const page = await world.signIn()
  await world.clock.advance(8 * HOUR - 1000)
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  await world.clock.advance(1000)
  const outcome = await observeRefresh(page)
  expect(page.auth.getSnapshot()).toMatchObject({ reason: 'expired', error: null })
  await world.clock.advance(HOUR)
  expect(page.events.filter(({ type }) => type === 'signed_out')).toHaveLength(1)
  return outcome
})

it('does not end the session when the authority refuses a scope that nobody asked for', async () => {
  const world = new World()
  const page = await world.signIn()
  world.intercepts.push(
    answerEndpoint('/oauth2/token', () => Response.json({ error: 'invalid_scope' }, { status: 400 })),
  )
  const code = await page.auth
    .getAccessToken({ forceRefresh: true })
    .catch((error: { code: string }) => error.code)
  expect(code).toBe('refresh_transient')
  await world.clock.advance(600_000)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated' })
})

caseTest('ENV-07', 'goes on after a freeze as after a sleep', async () => {
  const world = new World()
  const page = await world.signIn()
  const token = await page.auth.getAccessToken()
  world.clock.jump(8 * HOUR)
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(0)
  await world.settled(() => page.events.some(({ type }) => type === 'refreshed'))
  await expect(page.auth.getAccessToken()).resolves.not.toBe(token)
  return { kind: 'accept' }
})
