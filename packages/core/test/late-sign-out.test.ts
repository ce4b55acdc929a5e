import { expect, it } from 'vitest'
import { lateLife, type LateLife } from './kit/late-chunks.js'
import { storedSession } from './kit/observe.js'
import { reloadWithoutLife } from './kit/reload-without-life.js'
import { openAppStorage } from './kit/app-storage.js'
import { World, type Page } from './kit/world.js'

const HOUR = 3_600_000
const SIGNED_OUT = { status: 'unauthenticated', reason: 'signed-out' }
const codeOf = (error: unknown): string => (error as { code: string }).code

/** A page that came back from the authority. */
async function comeBack(world: World): Promise<{ page: Page; life: LateLife }> {
  const { tab, ...before } = world.page()
  tab.load(await world.authorize({ tab, ...before }))
  const life = lateLife('hangs')
  return { page: world.page(tab, {}, life.chunks), life }
}

it('stays signed out when the life that an expired session waited for does not come after all', async () => {
  const { world, page } = await reloadWithoutLife('hangs', {}, 3 * HOUR)
  await page.auth.signOut()
  await world.clock.advance(20_000)
  expect(page.auth.getSnapshot()).toMatchObject(SIGNED_OUT)
  expect(page.events.map(({ type }) => type)).toEqual(['state_changed', 'signed_out'])
})

it('stays signed out, also over a retry, when the life that a callback waited for does not come', async () => {
  const world = new World()
  const { page, life } = await comeBack(world)
  void page.auth.ready()
  await world.clock.advance(3000)
  await page.auth.signOut()
  await world.clock.advance(20_000)
  expect(page.auth.getSnapshot()).toMatchObject(SIGNED_OUT)
  life.set('comes')
  expect(await page.auth.retry()).toMatchObject(SIGNED_OUT)
  expect(world.tokenRequests('authorization_code')).toBe(0)
})

it('drops the callback of a page that is signed out in the turn in which it starts', async () => {
  const world = new World()
  const { page, life } = await comeBack(world)
  life.set('comes')
  void page.auth.ready()
  await page.auth.signOut()
  expect(await page.auth.retry()).toMatchObject(SIGNED_OUT)
  expect(world.tokenRequests('authorization_code')).toBe(0)
})

it.each(['here', 'elsewhere'])(
  'asks no more for a life that nobody needs after a sign-out %s',
  async (place) => {
    const { world, page, life } = await reloadWithoutLife('fails', { storage: 'local' })
    const other = await world.reload(world.browser.open())
    await (place === 'here' ? page : other).auth.signOut()
    await world.clock.advance(0)
    const asked = life.asked()
    await world.clock.advance(60_000)
    expect(life.asked()).toBe(asked)
    expect(page.auth.getSnapshot().status).toBe('unauthenticated')
  },
)

it('ends no session that its user has begun in another tab before life comes', async () => {
  const { world, page, life } = await reloadWithoutLife('hangs')
  await page.auth.signOut()
  const other = await world.signIn()
  life.set('comes')
  await world.clock.advance(1000)
  expect(page.events.map(({ type }) => type)).toContain('request')
  expect(other.auth.getSnapshot().status).toBe('authenticated')
  await expect(other.auth.getAccessToken()).resolves.toMatch(/^tok_/)
})

it.each(['hangs', 'comes'] as const)(
  'tells the tabs of the same user whose browser keeps no mark of a sign-out (life %s)',
  async (fate) => {
    const storage = openAppStorage()
    const world = new World({ storage })
    const { tab } = await world.signIn()
    tab.load('/')
    const other = await world.reload(world.browser.open())
    const life = lateLife(fate)
    const page = world.page(tab, {}, life.chunks)
    tab.storageError = new DOMException('blocked', 'SecurityError')
    await page.auth.ready()
    await world.clock.advance(0)
    await page.auth.signOut()
    life.set('comes')
    await world.settled(() => other.auth.getSnapshot().status === 'unauthenticated')
    expect(other.auth.getSnapshot()).toMatchObject({ reason: 'signed-out-elsewhere' })
  },
)

it('tells them although that storage is full', async () => {
  const world = new World()
  const page = await world.signIn()
  const other = await world.signIn()
  world.browser.localStorage.writeError = new DOMException('full', 'QuotaExceededError')
  await page.auth.signOut()
  await world.settled(() => other.auth.getSnapshot().status === 'unauthenticated')
})

it('revokes what another tab has refreshed since, without life', async () => {
  const { world, page } = await reloadWithoutLife('fails', { storage: 'local' })
  const other = await world.reload(world.browser.open())
  await other.auth.getAccessToken({ forceRefresh: true })
  const { refreshToken, accessToken } = JSON.parse(storedSession(page.tab, 'local') ?? '') as Record<
    string,
    string
  >
  const revoked: unknown[] = []
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/oauth2/revoke')) return undefined
    const copy = request.clone()
    return copy.formData().then((form) => (revoked.push(form.get('token')), forward(request)))
  })
  await page.auth.signOut()
  await world.settled(() => revoked.length === 2)
  expect(revoked).toEqual([refreshToken, accessToken])
})

it('signs out of what it shows although all of its storage was cleared here', async () => {
  const { world, page } = await reloadWithoutLife('fails', { storage: 'local' })
  world.browser.localStorage.clear()
  await page.auth.signOut()
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
  expect(world.browser.localStorage.entries()).toHaveLength(1)
})

it('forgets the session of a storage that cannot be read', async () => {
  const storage = openAppStorage()
  const world = new World({ storage })
  const { tab } = await world.signIn()
  tab.load('/')
  const get = (): Promise<never> => Promise.reject(new Error('no'))
  const page = world.page(tab, { storage: { ...storage, get } }, lateLife('fails').chunks)
  await page.auth.signOut()
  expect(storage.kept.size).toBe(0)
  expect((await world.reload(tab)).auth.getSnapshot().status).toBe('unauthenticated')
})

it('takes a fetch of the app that throws for a revocation without an answer', async () => {
  const lost: unknown[] = []
  const hear = (reason: unknown) => void lost.push(reason)
  process.on('unhandledRejection', hear)
  const world = new World()
  const { tab } = await world.signIn()
  tab.load('/')
  const fetch = (): never => {
    throw new Error('not here')
  }
  const { auth } = world.page(tab, { fetch }, lateLife('fails').chunks)
  await auth.signOut()
  await world.clock.advance(0)
  process.off('unhandledRejection', hear)
  expect(auth.getSnapshot()).toMatchObject(SIGNED_OUT)
  expect(lost).toEqual([])
})

it.each([true, false])(
  'lets no sign-in that is being stored undo a sign-out (signed in before: %s)',
  async (had) => {
    const storage = openAppStorage()
    const world = new World({ storage })
    storage.clock = world.clock
    const first = had ? await world.signIn() : world.page()
    first.tab.load(await world.authorize(first))
    const page = world.page(first.tab)
    storage.takes.set = 500
    void page.auth.ready()
    await world.clock.advance(100)
    expect(world.tokenRequests('authorization_code')).toBe(had ? 2 : 1)
    await Promise.all([page.auth.signOut(), world.clock.advance(3000)])
    expect(page.auth.getSnapshot()).toMatchObject(SIGNED_OUT)
    expect(await page.auth.getAccessToken().catch(codeOf)).toBe('not_authenticated')
    expect(storage.kept.size).toBe(0)
    expect(world.mock.grants.list()).toEqual([])
  },
)
