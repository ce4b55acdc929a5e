import { expect, it } from 'vitest'
import type { SpatioAuthOptions } from '../src/options.js'
import { World, type Page } from './kit/world.js'

const NEVER = new Promise<never>(() => undefined)

/** A signed-in page that comes back with another sign-in, of whose code the authority says nothing. */
async function signInAgain(options: Partial<SpatioAuthOptions>, awayFor = 0): Promise<Page> {
  const world = new World(options)
  const first = await world.signIn()
  const callback = await world.authorize(first)
  world.clock.jump(awayFor)
  world.intercepts.push(({ url }) => (url.endsWith('/oauth2/token') ? NEVER : undefined))
  first.tab.load(callback)
  const page = world.page(first.tab)
  void page.auth.ready()
  await world.settled(() => world.sent.at(-1) === 'token')
  await world.clock.advance(5000)
  return page
}

it('shows the session of before, without an error, while a callback waits', async () => {
  const page = await signInAgain({})
  await expect(page.auth.ready()).resolves.toMatchObject({ status: 'authenticated', error: null })
})

it('says of an expired session that it could not be renewed while a callback waits', async () => {
  const page = await signInAgain({ transactionLifetime: 7200 }, 3_600_000)
  await expect(page.auth.ready()).resolves.toMatchObject({
    status: 'authenticated',
    error: { code: 'refresh_transient', phase: 'refresh', retryable: true },
  })
})

it('shows no session whose user may have been away for too long while a callback waits', async () => {
  const page = await signInAgain({ idleTimeout: 600 })
  await expect(page.auth.ready()).resolves.toMatchObject({
    status: 'error',
    error: { code: 'timeout', phase: 'callback', retryable: true },
  })
})

it('does not take a storage that says nothing in time for one that holds nobody', async () => {
  const storage = { get: () => NEVER, set: async () => undefined, remove: async () => undefined }
  const world = new World({ storage, silentOnLoad: 'redirect', readyTimeout: 1 })
  const page = world.page()
  const settled = page.auth.ready()
  await world.clock.advance(1000)
  await expect(settled).resolves.toMatchObject({ status: 'error', error: { code: 'timeout' } })
})
