import { expect, it } from 'vitest'
import type { Life } from '../src/client/life.js'
import { CHUNKS, type Chunks } from '../src/client/load-chunks.js'
import { createLife } from '../src/life/create-life.js'
import type { SpatioAuthOptions } from '../src/options.js'
import type { FakeTab } from './kit/fake-browser.js'
import { APP_ORIGIN } from './kit/fake-browser.js'
import { lateLife } from './kit/late-chunks.js'
import { storedSession } from './kit/observe.js'
import { loadRelayPage } from './kit/relay.js'
import { RELAY_PATH, World, type Page } from './kit/world.js'

const byRedirect = { silentOnLoad: 'redirect', relayPath: RELAY_PATH } as const
const byFrame = { silentOnLoad: 'iframe', relayPath: RELAY_PATH } as const

/** Loads the app, follows the silent question to the authority and back. */
async function load(world: World, tab: FakeTab): Promise<Page> {
  const page = world.page(tab)
  void page.auth.ready()
  await world.settled(() => tab.navigations.length === 1)
  return world.reload(tab, await world.visit(tab.navigations.pop() ?? ''))
}

/** Somebody signs in with the button; the page of before asked nobody. */
async function signIn(world: World, tab: FakeTab = world.browser.open()): Promise<Page> {
  return world.reload(tab, await world.authorize(world.page(tab, { silentOnLoad: 'off' })))
}

/** Loads the app, which must not ask. */
async function loadQuietly(world: World, tab: FakeTab): Promise<Page> {
  const page = world.page(tab)
  await page.auth.ready()
  expect(tab.navigations).toEqual([])
  expect(tab.frames).toEqual([])
  return page
}

const initial = { status: 'unauthenticated', reason: 'initial', error: null }

it('asks nobody at load unless it is told to', async () => {
  const world = new World()
  const page = await loadQuietly(world, world.browser.open())
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(world.mock.requests()).toEqual([])
})

it('signs in by a redirect at load who is signed in at the authority, and comes back to the place', async () => {
  const world = new World(byRedirect)
  const first = await signIn(world)
  const tab = world.browser.open('/notes?tab=2#top')
  const page = await load(world, tab)
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  expect(tab.href).toBe(`${APP_ORIGIN}/notes?tab=2#top`)
  expect(page.auth.getSnapshot().user).toEqual(first.auth.getSnapshot().user)
})

it('asks once per tab when nobody is signed in at the authority, and shows no error', async () => {
  const world = new World(byRedirect)
  const tab = world.browser.open('/notes')
  const page = await load(world, tab)
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(page.events.filter(({ type }) => type === 'warning')).toEqual([])
  expect(tab.href).toBe(`${APP_ORIGIN}/notes`)
  for (let count = 0; count < 3; count++) {
    tab.load('/notes')
    expect((await loadQuietly(world, tab)).auth.getSnapshot()).toMatchObject(initial)
  }
  expect(world.mock.requests({ endpoint: 'authorize' })).toHaveLength(1)
  await load(world, world.browser.open('/'))
  expect(world.mock.requests({ endpoint: 'authorize' })).toHaveLength(2)
})

it('asks no more after a sign-out, in any tab, until somebody signs in', async () => {
  const world = new World(byRedirect)
  const page = await signIn(world)
  await page.auth.signOut()
  page.tab.load('/')
  expect((await loadQuietly(world, page.tab)).auth.getSnapshot()).toMatchObject(initial)
  await loadQuietly(world, world.browser.open('/'))
  const again = await signIn(world, page.tab)
  again.tab.sessionStorage.clear()
  again.tab.load('/')
  expect((await load(world, again.tab)).auth.getSnapshot().status).toBe('authenticated')
})

it('asks no more in the tab of a sign-out, but in others, where the next sign-in needs no password', async () => {
  const world = new World({ ...byRedirect, reauthenticateAfterSignOut: false })
  const page = await signIn(world)
  await page.auth.signOut()
  page.tab.load('/')
  await loadQuietly(world, page.tab)
  expect((await load(world, world.browser.open())).auth.getSnapshot().status).toBe('authenticated')
})

it.each<[string, (page: Page) => void]>([
  [
    'the storage of all tabs is full',
    ({ world }) => (world.browser.localStorage.writeError = new DOMException('full', 'QuotaExceededError')),
  ],
  ['nobody was signed in', ({ tab }) => tab.sessionStorage.clear()],
])('asks no more in the tab of a sign-out when %s', async (_what, prepare) => {
  const world = new World(byRedirect)
  const { tab } = await signIn(world)
  tab.load('/')
  const page = world.page(tab)
  prepare(page)
  await page.auth.signOut()
  tab.load('/')
  await loadQuietly(world, tab)
})

it('asks nobody for a session that was lost on the way, unless it is told to', async () => {
  const world = new World()
  const lives: Life[] = []
  const loadLife: Chunks['loadLife'] = async () => ({
    createLife: (front) => {
      const life = createLife(front)
      lives.push(life)
      return life
    },
  })
  const page = world.page(undefined, {}, { ...CHUNKS, loadLife })
  await page.auth.preload()
  await lives[0]?.resume()
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(page.tab.navigations).toEqual([])
})

it('survives the reload that memory does not', async () => {
  const world = new World({ ...byRedirect, storage: 'memory' })
  const tab = world.browser.open('/')
  const signedIn = await signIn(world, tab)
  expect(signedIn.auth.getSnapshot().status).toBe('authenticated')
  for (let count = 0; count < 2; count++) {
    await world.clock.advance(61_000)
    tab.load('/')
    expect((await load(world, tab)).auth.getSnapshot().status).toBe('authenticated')
  }
})

it('tells of an unexpected refusal by a warning, and is signed out without an error', async () => {
  const world = new World(byRedirect)
  world.mock.fault('cb.error.server_error')
  const page = await load(world, world.browser.open())
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(page.events).toContainEqual(
    expect.objectContaining({ type: 'warning', code: 'authorization_error' }),
  )
})

it.each<[string, Partial<SpatioAuthOptions>]>([
  ['redirect', byRedirect],
  ['frame', byFrame],
])('is signed out without an error when the authority cannot be reached by a %s', async (_name, options) => {
  const world = new World(options)
  world.isOffline = true
  const page = world.page()
  await expect(page.auth.ready()).resolves.toMatchObject(initial)
  expect(page.events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'discovery_failed' }))
})

it.each(['fails', 'hangs'] as const)(
  'is signed out without an error when the code for it %s',
  async (fate) => {
    const page = new World(byRedirect).page(undefined, {}, lateLife(fate).chunks)
    void page.auth.ready()
    await page.world.clock.advance(30_000)
    expect(page.auth.getSnapshot()).toMatchObject(initial)
    expect(page.events.map(({ type }) => type)).toEqual(['state_changed'])
    // Where a storage gives no answer, nobody knows.
    const storage = {
      get: () => Promise.reject(new Error('no')),
      set: async () => undefined,
      remove: async () => undefined,
    }
    const unknown = page.world.page(undefined, { storage }, lateLife(fate).chunks)
    expect(await unknown.auth.ready()).toMatchObject({ error: { code: 'storage_unavailable' } })
  },
)

it('is signed out within readyTimeout when the page stays after all', async () => {
  const world = new World(byRedirect)
  const page = world.page()
  const ready = page.auth.ready()
  await world.settled(() => page.tab.navigations.length === 1)
  await world.clock.advance(5000)
  await expect(ready).resolves.toMatchObject(initial)
  await world.clock.advance(30_000)
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(page.events.filter(({ type }) => type === 'state_changed')).toHaveLength(1)
})

it('does not leave a frame for the authority at load', async () => {
  const world = new World(byRedirect)
  const tab = world.browser.open()
  tab.isFramed = true
  expect((await loadQuietly(world, tab)).auth.getSnapshot()).toMatchObject(initial)
})

it('leaves a stored session alone', async () => {
  const world = new World(byFrame)
  const { tab } = await signIn(world)
  tab.load('/')
  expect((await loadQuietly(world, tab)).auth.getSnapshot().status).toBe('authenticated')
})

it('asks in a frame at load, and the late answer still counts', async () => {
  const world = new World(byFrame)
  const page = world.page()
  const ready = page.auth.ready()
  await world.settled(() => page.tab.frames.length === 1)
  const [frame] = page.tab.frames
  await world.clock.advance(5000)
  await expect(ready).resolves.toMatchObject(initial)
  world.mock.fault('cb.error.login_required')
  loadRelayPage(page.tab, await world.visit(frame?.url ?? ''), { tab: page.tab, source: frame?.window })
  await world.settled(() => frame?.isAttached() === false)
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(storedSession(page.tab)).toBeNull()
})

it('drops the answer of a frame that comes after a sign-out', async () => {
  const world = new World(byFrame)
  const page = world.page()
  void page.auth.ready()
  await world.settled(() => page.tab.frames.length === 1)
  const [frame] = page.tab.frames
  await page.auth.signOut()
  loadRelayPage(page.tab, await world.visit(frame?.url ?? ''), { tab: page.tab, source: frame?.window })
  await world.settled(() => frame?.isAttached() === false)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'signed-out' })
})
