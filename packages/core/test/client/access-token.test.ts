import { expect, it } from 'vitest'
import { storageKey } from '../../src/storage-names.js'
import { storedSession } from '../kit/observe.js'
import { CLIENT_ID, ISSUER, World } from '../kit/world.js'

const MINUTE = 60_000

it('hands out the token of now when a refresh fails for which the one of before was too old', async () => {
  const world = new World({ storage: 'local' })
  const page = await world.signIn()
  await world.clock.advance(50 * MINUTE)
  let fail: (error: Error) => void = () => undefined
  world.intercepts.push((request) =>
    request.url.endsWith('/oauth2/token') ? new Promise<Response>((_, reject) => (fail = reject)) : undefined,
  )
  const token = page.auth.getAccessToken({ minValidity: 900 })
  await world.settled(() => storedSession(page.tab, 'local')?.includes('"attemptedAt":17') ?? false)
  // A tab of a browser without locks was faster.
  const record = JSON.parse(storedSession(page.tab, 'local') ?? '') as { revision: number }
  const newer = { ...record, revision: record.revision + 1, accessToken: 'tok_faster' }
  const other = world.browser.open().environment().openStorage('local')
  other.setItem(storageKey({ issuer: ISSUER, clientId: CLIENT_ID }), JSON.stringify(newer))
  await world.clock.advance(0)
  fail(new TypeError('Failed to fetch'))
  await expect(token).resolves.toBe('tok_faster')
})

it('hands out a token that is short of what was asked for, but never one that has expired', async () => {
  const world = new World()
  const page = await world.signIn()
  const token = await page.auth.getAccessToken()
  page.tab.isVisible = false
  page.tab.dispatch('visibilitychange')
  world.isOffline = true
  await world.clock.advance(59 * MINUTE)
  await expect(page.auth.getAccessToken({ minValidity: 120 })).resolves.toBe(token)
  await world.clock.advance(MINUTE)
  await expect(page.auth.getAccessToken()).rejects.toMatchObject({ code: 'refresh_transient' })
})

it('asks nothing more while a failed refresh has to wait, as long as the token at hand is alive', async () => {
  const world = new World()
  const page = await world.signIn()
  const token = await page.auth.getAccessToken()
  page.tab.isVisible = false
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(50 * MINUTE)
  let asked = 0
  world.intercepts.push((request) => {
    if (!request.url.endsWith('/oauth2/token')) return undefined
    asked++
    return Promise.reject(new TypeError('Failed to fetch'))
  })
  const ask = () => page.auth.getAccessToken({ minValidity: 900 })
  for (let call = 0; call < 3; call++) await expect(ask()).resolves.toBe(token)
  expect(asked).toBe(1)
  await world.clock.advance(5 * MINUTE)
  await expect(ask()).resolves.toBe(token)
  expect(asked).toBe(2)
})

it('wants every scope that is named to be granted', async () => {
  const { auth } = await new World().signIn()
  await expect(auth.getAccessToken({ scope: 'openid email' })).resolves.toMatch(/^tok_/)
  await expect(auth.getAccessToken({ scope: 'openid read:*' })).rejects.toMatchObject({
    code: 'interaction_required',
    phase: 'fetch',
  })
})
