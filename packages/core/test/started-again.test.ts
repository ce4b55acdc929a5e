import { expect, it } from 'vitest'
import type { SpatioAuthError } from '../src/errors.js'
import type { SpatioAuthOptions } from '../src/options.js'
import { lateLife } from './kit/late-chunks.js'
import { storedSession } from './kit/observe.js'
import { signInAs } from './kit/sign-in-as.js'
import { openAppStorage } from './kit/app-storage.js'
import { World, type Page } from './kit/world.js'

const elsewhere = { status: 'unauthenticated', reason: 'signed-out-elsewhere' }

/** A signed-in page whose client was disposed of. */
async function disposed(options: Partial<SpatioAuthOptions> = {}): Promise<Page> {
  const page = await new World(options).signIn()
  page.auth.dispose()
  return page
}

it.each(['session', 'memory'] as const)(
  'never shows a session whose user signed out elsewhere meanwhile (%s)',
  async (storage) => {
    const page = await disposed({ storage })
    await (await page.world.signIn()).auth.signOut()
    const seen: string[] = []
    page.auth.subscribe(() => seen.push(page.auth.getSnapshot().status))
    await expect(page.auth.ready()).resolves.toMatchObject(elsewhere)
    expect(seen).toEqual(['unauthenticated'])
    expect(page.events).toContainEqual(
      expect.objectContaining({ type: 'signed_out', reason: 'signed-out-elsewhere' }),
    )
    expect(storedSession(page.tab)).toBeNull()
    // It is over, also for a client that starts once more.
    page.auth.dispose()
    expect((await page.auth.ready()).isAuthenticated).toBe(false)
  },
)

it('never shows a session of all tabs that ended elsewhere meanwhile', async () => {
  const page = await disposed({ storage: 'local' })
  const other = await page.world.reload(page.world.browser.open())
  await other.auth.signOut()
  await expect(page.auth.ready()).resolves.toMatchObject(elsewhere)
})

it('takes who signed in for all tabs meanwhile', async () => {
  const world = new World({ storage: 'local' }, { autoConsent: false })
  const page = await signInAs(world, 'usr_mira')
  page.auth.dispose()
  await signInAs(world, 'usr_yuki')
  await expect(page.auth.ready()).resolves.toMatchObject({ user: { sub: 'usr_yuki' } })
  expect(page.events.map(({ type }) => type)).toContain('user_changed')
})

it('shows nothing after dispose, however late its work comes', async () => {
  let answer: (text: string | null) => void = () => undefined
  const get = () => new Promise<string | null>((resolve) => (answer = resolve))
  const world = new World({ storage: { get, set: async () => undefined, remove: async () => undefined } })
  const page = world.page()
  void page.auth.ready()
  await world.clock.advance(0)
  page.auth.dispose()
  answer(null)
  await world.clock.advance(6000)
  expect([page.auth.getSnapshot().status, page.events]).toEqual(['loading', []])
})

it('leaves it to the later start to say that readyTimeout is over', async () => {
  const world = new World({ silentOnLoad: 'redirect' })
  const page = world.page(undefined, {}, lateLife('hangs').chunks)
  void page.auth.ready()
  await world.clock.advance(3000)
  page.auth.dispose()
  const settled = page.auth.ready()
  await world.clock.advance(4999)
  expect(page.auth.getSnapshot().status).toBe('loading')
  await world.clock.advance(1)
  await expect(settled).resolves.toMatchObject({ status: 'unauthenticated', reason: 'initial' })
})

it('shows no sign-in that was stored after dispose, and has it at the next start', async () => {
  const storage = openAppStorage()
  const world = new World({ storage })
  storage.clock = world.clock
  const first = world.page()
  first.tab.load(await world.authorize(first))
  const page = world.page(first.tab)
  storage.takes.set = 500
  void page.auth.ready()
  await world.clock.advance(100)
  page.auth.dispose()
  const told = page.events.length
  await world.clock.advance(30_000)
  expect([page.auth.getSnapshot().status, page.events.slice(told)]).toEqual(['loading', []])
  expect(world.clock.pendingTimers).toBe(0)
  await expect(page.auth.ready()).resolves.toMatchObject({ status: 'authenticated', error: null })
})

it('shows nothing after dispose while it compares with what is stored for all tabs', async () => {
  const storage = openAppStorage(true)
  const world = new World({ storage, idleTimeout: 1000 })
  storage.clock = world.clock
  const { tab } = await world.signIn()
  tab.load('/')
  const page = world.page(tab)
  storage.takes.get = 500
  void page.auth.ready()
  await world.clock.advance(700)
  page.auth.dispose()
  await world.clock.advance(30_000)
  expect([page.auth.getSnapshot().status, page.events, world.clock.pendingTimers]).toEqual(['loading', [], 0])
})

it('holds no timer and tells nothing, in whichever turn of its start it is disposed of', async () => {
  const world = new World({ storage: 'local', idleTimeout: 1000 })
  const { tab } = await world.signIn()
  tab.load('/')
  const page = world.page(tab)
  for (let turns = 0; turns < 40; turns++) {
    void page.auth.ready()
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    page.auth.dispose()
    const told = page.events.length
    await world.clock.advance(20_000)
    expect([turns, world.clock.pendingTimers, page.events.slice(told)]).toEqual([turns, 0, []])
  }
})

it('holds no timer when an app disposes of it in the event of that timer', async () => {
  const world = new World()
  const { tab } = await world.signIn()
  tab.load('/')
  const page = world.page(tab)
  page.auth.on('refresh_scheduled', () => page.auth.dispose())
  await page.auth.ready()
  await world.clock.advance(20_000)
  expect(world.clock.pendingTimers).toBe(0)
})

it('starts no client again, in whichever turn of a callback that a guard waits for it is disposed of', async () => {
  const world = new World()
  const codes = new Set<string>()
  for (let turns = 0; turns < 50; turns++) {
    const { tab, ...before } = world.page()
    tab.load(await world.authorize({ tab, ...before }))
    const page = world.page(tab)
    const guarded = page.auth.requireUser().then(
      () => 'let in',
      (error: SpatioAuthError) => error.code,
    )
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    page.auth.dispose()
    await world.clock.advance(20_000)
    codes.add(await guarded)
    expect([turns, page.auth.getSnapshot().status]).toEqual([turns, 'loading'])
    expect([turns, world.clock.pendingTimers, tab.navigations]).toEqual([turns, 0, []])
  }
  expect([...codes]).toEqual(['client_disposed'])
})

it('plans no further refresh when it is disposed of during one', async () => {
  const { auth, world } = await new World().signIn()
  world.intercepts.push(({ url }) => {
    if (url.endsWith('/oauth2/token')) auth.dispose()
    return undefined
  })
  const refused = auth.getAccessToken({ forceRefresh: true }).catch(({ code }: SpatioAuthError) => code)
  await world.clock.advance(3 * 3_600_000)
  expect([await refused, world.clock.pendingTimers]).toEqual(['client_disposed', 0])
  expect(world.tokenRequests('refresh_token')).toBe(1)
})
