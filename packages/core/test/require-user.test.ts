import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { APP_ORIGIN } from './kit/fake-browser.js'
import { World, type Page } from './kit/world.js'

const codeOf = (error: unknown): string => (error as { code: string }).code

/** Calls the guard and tells where the page was sent. */
async function sentTo(world: World, page: Page, options = {}): Promise<URL> {
  void page.auth.requireUser(options)
  await world.settled(() => page.tab.navigations.length > 0)
  return new URL(page.tab.navigations.pop() ?? '')
}

it('refuses after a sign-out on purpose, and sends nobody away', async () => {
  const world = new World()
  const page = await world.signIn()
  await page.auth.signOut()
  await expect(page.auth.requireUser()).rejects.toMatchObject({ code: 'not_authenticated' })
  expect(page.tab.navigations).toEqual([])
})

it('refuses a preload quietly', async () => {
  const world = new World()
  const page = world.page()
  await expect(page.auth.requireUser({ preload: true })).rejects.toMatchObject({
    code: 'preload_unauthenticated',
    retryable: false,
  })
  expect(page.tab.navigations).toEqual([])
  expect(world.mock.requests()).toEqual([])
})

it('refuses with the error of a failed sign-in, and does not start another one', async () => {
  const world = new World()
  const page = await world.reload(world.browser.open(), '/?code=x&state=sp1.forged')
  await expect(page.auth.requireUser()).rejects.toMatchObject({ code: 'state_mismatch' })
  expect(page.tab.navigations).toEqual([])
})

it('refuses a user who does not fulfil `when`, who is still signed in', async () => {
  const world = new World()
  const page = await world.signIn()
  const when = ({ scopes }: { readonly scopes: readonly string[] }) => scopes.includes('write:*')
  await expect(page.auth.requireUser({ when })).rejects.toMatchObject({ code: 'interaction_required' })
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  expect(page.tab.navigations).toEqual([])
})

it('stops with the loop guard when every sign-in comes back without a session', async () => {
  const world = new World()
  const { tab } = world.page()
  for (let count = 0; count < 3; count++) await sentTo(world, world.page(tab))
  await expect(world.page(tab).auth.requireUser()).rejects.toMatchObject({ code: 'login_loop_detected' })
})

it('sends a visitor away once for many guards, and back to where they wanted to go', async () => {
  const world = new World()
  const page = world.page()
  for (let count = 0; count < 3; count++) void page.auth.requireUser({ returnTo: '/notes?tab=2' })
  const url = await sentTo(world, page, { returnTo: '/notes?tab=2' })
  await world.settled(() => true)
  expect(page.tab.navigations).toEqual([])
  const next = await world.reload(page.tab, await world.visit(url.href))
  expect(next.tab.href).toBe(`${APP_ORIGIN}/notes?tab=2`)
  await expect(next.auth.requireUser()).resolves.toBe(next.auth.getSnapshot().user)
})

it('sends a visitor away again whose session expired', async () => {
  const world = new World()
  const page = await world.signIn()
  world.mock.users.signOutEverywhere('usr_mira')
  await page.auth.getAccessToken({ forceRefresh: true }).catch(() => undefined)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'expired' })
  await expect(sentTo(world, page)).resolves.toMatchObject({ pathname: '/oauth2/authorize' })
})

it('rejects when the page stayed after all', async () => {
  const world = new World()
  const page = world.page()
  const outcome = page.auth.requireUser().catch(codeOf)
  await world.settled(() => page.tab.navigations.length > 0)
  page.tab.dispatch('pageshow')
  await expect(outcome).resolves.toBe('navigation_cancelled')
})

caseTest('ENV-08', 'makes a guard wait while the callback is processed', async () => {
  const world = new World()
  const first = world.page()
  const callback = await world.authorize(first)
  first.tab.load(callback)
  const page = world.page(first.tab)
  await expect(page.auth.requireUser()).resolves.toMatchObject({ sub: 'usr_mira' })
  expect(page.tab.navigations).toEqual([])
  return { kind: 'accept' }
})
