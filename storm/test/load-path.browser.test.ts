import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { signIn, signOut, type Tab } from '../kit/tab.js'
import { openWorld, type World } from '../kit/world.js'
import type { StormPage } from '../page/main.js'

const CHUNK = /\/assets\/(create-life|engine)[^/]*\.js$/

let world: World
beforeAll(async () => {
  world = await openWorld('session', 7)
})
afterEach(async () => {
  for (const tab of [...world.tabs]) {
    await signOut(tab)
    await world.closeTab(tab)
  }
})
afterAll(() => world.close())

const statusOf = (page: Page): Promise<string> =>
  page.evaluate(async () => (await (window as unknown as StormPage).auth.ready()).status)

/** The chunks that the page asks for from now on. */
function watchChunks(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const [, name] = CHUNK.exec(request.url()) ?? []
    if (name !== undefined) asked.push(name)
  })
  return asked
}

/** Keeps two requests from being sent until both have been made, after so many that are let through. */
async function holdPair(page: Page, pattern: RegExp, before = 0): Promise<void> {
  let release: () => void = () => undefined
  const isComplete = new Promise<void>((resolve) => (release = resolve))
  let made = 0
  await page.route(pattern, async (route) => {
    made += 1
    if (made === before + 2) release()
    if (made > before) await isComplete
    await route.continue()
  })
}

/** What the authority was asked for since it sent the user back. */
function endpointsSinceCallback({ mock }: World): string[] {
  const endpoints = mock.requests().map(({ endpoint }) => String(endpoint))
  return endpoints.slice(endpoints.lastIndexOf('authorize') + 1)
}

async function openSignedIn(): Promise<Tab> {
  const tab = await world.openTab()
  await signIn(tab)
  expect(await statusOf(tab.page)).toBe('authenticated')
  return tab
}

describe('what a page loads', () => {
  it('is the front alone on a visit without a session, however long it lasts', async () => {
    const { page } = await world.openTab()
    const chunks = watchChunks(page)
    await page.reload()
    expect(await statusOf(page)).toBe('unauthenticated')
    await world.pass(60)
    expect(await statusOf(page)).toBe('unauthenticated')
    expect(chunks).toEqual([])
  })

  it('is the front until a stored session is shown, and the rest afterwards', async () => {
    const { page } = await openSignedIn()
    const chunks = watchChunks(page)
    let release: () => void = () => undefined
    const isShown = new Promise<void>((resolve) => (release = resolve))
    await page.route(CHUNK, async (route) => {
      await isShown
      await route.continue()
    })
    await page.reload({ waitUntil: 'commit' })
    await page.waitForFunction(() => 'auth' in window)
    expect(await statusOf(page)).toBe('authenticated')
    release()
    await expect.poll(() => chunks).toContain('create-life')
    await page.waitForLoadState('networkidle')
    await world.pass(2)
    await expect.poll(() => chunks).toEqual(['create-life', 'engine'])
  })

  it('was loaded before the click where the app called preload()', async () => {
    const { page } = await world.openTab()
    await page.evaluate(() => (window as unknown as StormPage).auth.preload())
    const chunks = watchChunks(page)
    const left = page.waitForRequest(/\/oauth2\/authorize/)
    await page.evaluate(() => void (window as unknown as StormPage).auth.signIn())
    await left
    expect(chunks).toEqual([])
    await page.waitForFunction(() => 'auth' in window)
    expect(await statusOf(page)).toBe('authenticated')
  })
})

describe('what the authority is asked for', () => {
  it('is three things after a callback, of which the code and the keys are asked for at once', async () => {
    const tab = await world.openTab()
    world.mock.clearRequests()
    await holdPair(tab.page, /\/oauth2\/token|\/jwks\.json/)
    await signIn(tab)
    expect(await statusOf(tab.page)).toBe('authenticated')
    const [first, ...others] = endpointsSinceCallback(world)
    expect([first, ...others.sort()]).toEqual(['discovery', 'jwks', 'token'])
  })

  it('is asked for the metadata while the engine is on its way', async () => {
    const tab = await world.openTab()
    await tab.page.evaluate(() => (window as unknown as StormPage).auth.preload())
    // The sign-in itself asks for the metadata first.
    await holdPair(tab.page, /\/engine[^/]*\.js$|openid-configuration/, 1)
    world.mock.clearRequests()
    await signIn(tab)
    expect(await statusOf(tab.page)).toBe('authenticated')
    expect(endpointsSinceCallback(world)).toHaveLength(3)
  })

  it('is one thing for a refresh in a page that has verified before', async () => {
    const { page } = await openSignedIn()
    world.mock.clearRequests()
    await page.evaluate(() => (window as unknown as StormPage).auth.getAccessToken({ forceRefresh: true }))
    expect(world.mock.requests().map(({ endpoint }) => endpoint)).toEqual(['token'])
  })
})
