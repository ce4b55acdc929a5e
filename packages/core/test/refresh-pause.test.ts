import { expect, it } from 'vitest'
import { answerEndpoint, forgeIdToken } from './kit/forge.js'
import { storedSession } from './kit/observe.js'
import { World, type Intercept, type Page } from './kit/world.js'

const MINUTE = 60_000
/** The longest pause of the back-off, with all of its jitter: the next attempt has been made by then, whatever is drawn. */
const LONGEST_PAUSE = 1.5 * MINUTE
const codeOf = (error: unknown): string => (error as { code: string }).code
const keyMissing = forgeIdToken({ header: { kid: 'published-later' } })
const tooMany: () => Intercept = () =>
  answerEndpoint('/oauth2/token', () => new Response('', { status: 429, headers: { 'retry-after': '40' } }))

/** A page whose token has expired, in a tab that nobody sees: only who asks for a token has it refreshed. */
async function openExpired(intercept: Intercept): Promise<{ world: World; page: Page; asked: () => number }> {
  const world = new World()
  const page = await world.signIn()
  page.tab.isVisible = false
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(61 * MINUTE)
  let asked = 0
  const count: Intercept = (request) => {
    if (request.url.endsWith('/oauth2/token')) asked++
    return undefined
  }
  world.intercepts.push(count, intercept)
  return { world, page, asked: () => asked }
}

it.each<[string, Intercept]>([
  ['the key that signed is not published', keyMissing],
  ['the authority says when to come back', tooMany()],
])('asks once, however often and however the app asks, while %s', async (_name, intercept) => {
  const { world, page, asked } = await openExpired(intercept)
  for (let count = 0; count < 5; count++) {
    expect(await page.auth.getAccessToken().catch(codeOf)).toBe('refresh_transient')
    expect(await page.auth.getAccessToken({ forceRefresh: true }).catch(codeOf)).toBe('refresh_transient')
    for (const sign of ['focus', 'online', 'pageshow'] as const) page.tab.dispatch(sign)
    await world.clock.advance(5900)
  }
  expect(asked()).toBe(1)
  world.intercepts.length = 0
  await world.clock.advance(10_500)
  await expect(page.auth.getAccessToken()).resolves.toMatch(/^tok_/)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
})

it('keeps the session for ten minutes without the key, at one refresh in thirty seconds, and revokes nothing', async () => {
  const { world, page, asked } = await openExpired(keyMissing)
  page.tab.isVisible = true
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(10 * MINUTE - 1000)
  expect(asked()).toBeGreaterThan(6)
  expect(asked()).toBeLessThanOrEqual(20)
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  expect(storedSession(page.tab)).not.toBeNull()
  expect(world.mock.requests({ endpoint: 'revoke' })).toEqual([])
})

it('ends the session when the key has not come in ten minutes, and gives its tokens back', async () => {
  const { world, page } = await openExpired(keyMissing)
  page.tab.isVisible = true
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(10 * MINUTE + LONGEST_PAUSE)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'revoked' })
  expect(page.events.filter(({ type }) => type === 'signed_out')).toEqual([
    expect.objectContaining({ code: 'jwks_key_not_found' }),
  ])
  expect(storedSession(page.tab)).toBeNull()
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
})

it('counts the ten minutes anew after a refresh that was checked', async () => {
  const { world, page } = await openExpired(keyMissing)
  page.tab.isVisible = true
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(9 * MINUTE)
  const missing = world.intercepts.pop()
  await world.clock.advance(LONGEST_PAUSE)
  await world.settled(() => page.events.some(({ type }) => type === 'refreshed'))
  if (missing !== undefined) world.intercepts.push(missing)
  await expect(page.auth.getAccessToken({ forceRefresh: true })).rejects.toMatchObject({
    code: 'refresh_transient',
  })
  await world.clock.advance(9 * MINUTE)
  expect(page.auth.getSnapshot().status).toBe('authenticated')
})
