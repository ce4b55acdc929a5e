import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { storageKey } from '../src/storage-names.js'
import { lateLife } from './kit/late-chunks.js'
import { reloadWithoutLife } from './kit/reload-without-life.js'
import { observeRefusal } from './kit/observe-refusal.js'
import type { FakeTab } from './kit/fake-browser.js'
import { observeSignIn, signInBesideSession, storedSession } from './kit/observe.js'
import { CLIENT_ID, ISSUER, World, type Page } from './kit/world.js'

const KEY = storageKey({ issuer: ISSUER, clientId: CLIENT_ID })

/** Starts the app on an edited record. */
async function startWith(change: (record: string) => string): Promise<{ world: World; page: Page }> {
  const world = new World()
  const { tab } = await world.signIn()
  tab.sessionStorage.setItem(KEY, change(storedSession(tab) ?? ''))
  return { world, page: await world.reload(tab) }
}

const edit =
  (change: Record<string, unknown>) =>
  (record: string): string =>
    JSON.stringify({ ...(JSON.parse(record) as object), ...change })

const initial = { status: 'unauthenticated', reason: 'initial' }

caseTest('STO-01', 'starts signed out where storage is blocked, and refuses to navigate', async () => {
  const world = new World()
  const tab = world.browser.open()
  tab.storageError = new DOMException('blocked', 'SecurityError')
  const page = world.page(tab)
  await page.auth.ready()
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(page.events).toContainEqual(expect.objectContaining({ type: 'storage_degraded' }))
  const outcome = await observeRefusal(page, () => page.auth.signIn(), ['discovery'])
  // The same page once site data is allowed.
  tab.storageError = null
  expect(observeSignIn(await world.signIn(tab))).toEqual({ kind: 'accept' })
  return outcome
})

it.each(['session', 'local'] as const)(
  'goes on in memory where the %s storage is blocked by the time life comes',
  async (storage) => {
    const world = new World({ storage })
    const { tab } = await world.signIn()
    tab.load('/')
    const life = lateLife('hangs')
    const page = world.page(tab, {}, life.chunks)
    await page.auth.ready()
    tab.storageError = new DOMException('blocked', 'SecurityError')
    life.set('comes')
    await expect(page.auth.getAccessToken()).resolves.toMatch(/^tok_/)
    await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
    expect(page.events).toContainEqual(expect.objectContaining({ type: 'storage_degraded' }))
  },
)

caseTest('STO-02', 'writes no half record when storage is full, and keeps the session before', async () => {
  const world = new World()
  let tab: FakeTab | null = null
  const fill = (href: string): string => {
    for (tab of world.browser.tabs)
      tab.sessionStorage.writeError = new DOMException('full', 'QuotaExceededError')
    return href
  }
  const outcome = await signInBesideSession(world, {}, fill)
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
  for (const { sessionStorage } of world.browser.tabs) sessionStorage.writeError = null
  expect(observeSignIn(await world.signIn(tab ?? undefined))).toEqual({ kind: 'accept' })
  return outcome
})

caseTest('STO-02', 'leaves nothing of a sign-in alone that was not stored', async () => {
  const world = new World()
  const page = world.page()
  const callback = await world.authorize(page)
  page.tab.sessionStorage.writeError = new DOMException('full', 'QuotaExceededError')
  const next = await world.reload(page.tab, callback)
  expect(next.auth.getSnapshot()).toMatchObject({ status: 'error', user: null })
  return observeSignIn(next)
})

for (const [what, error] of [
  ['is full', new DOMException('full', 'QuotaExceededError')],
  ['refuses to write', new DOMException('no', 'SecurityError')],
] as const)
  caseTest('REQ-09', `does not navigate when the storage ${what}, and does once it is mended`, async () => {
    const world = new World()
    const page = await world.reload((await world.signIn()).tab)
    page.tab.sessionStorage.writeError = error
    const outcome = await observeRefusal(page, () => page.auth.signIn(), ['discovery'])
    page.tab.sessionStorage.writeError = null
    await expect(world.authorize(page)).resolves.toContain('code=')
    return outcome
  })

caseTest(
  'REF-29',
  'keeps a renewed session in memory when storage is full, and forgets the older record',
  async () => {
    const world = new World()
    const page = await world.signIn()
    page.tab.sessionStorage.writeError = new DOMException('full', 'QuotaExceededError')
    await page.auth.getAccessToken({ forceRefresh: true })
    expect(page.events).toContainEqual(
      expect.objectContaining({ type: 'storage_degraded', code: 'storage_quota' }),
    )
    expect(storedSession(page.tab)).toBeNull()
    await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
    return { kind: 'keep' }
  },
)

caseTest('STO-03', 'starts signed out when the record is cut', async () => {
  const { page } = await startWith((record) => record.slice(0, 40))
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(page.events).toContainEqual(
    expect.objectContaining({ type: 'storage_degraded', code: 'storage_corrupt' }),
  )
  expect(storedSession(page.tab)).toBeNull()
  return { kind: 'signout', reason: 'storage_corrupt' }
})

caseTest('STO-04', 'leaves the record of a newer version alone', async () => {
  const { page } = await startWith(edit({ version: 99 }))
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(storedSession(page.tab)).toContain('"version":99')
  return { kind: 'signout', reason: 'signed out' }
})

caseTest('STO-05', 'takes an absurd expiry for expired', async () => {
  const { world, page } = await startWith(edit({ expiresIn: 9e15 }))
  expect(world.tokenRequests('refresh_token')).toBe(1)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  return { kind: 'keep' }
})

caseTest('STO-05', 'shows edited claims until the next id_token is verified, and no longer', async () => {
  const { page } = await startWith((record) => {
    const user = { sub: 'usr_mira', name: 'Root' }
    return edit({ user, scope: 'openid admin' })(record)
  })
  // Hints for a UI, as documented: who can write here can also draw what they like.
  expect(page.auth.getSnapshot().user).toMatchObject({ name: 'Root' })
  await page.auth.getAccessToken({ forceRefresh: true })
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', user: { name: 'Mira Okafor' } })
  expect(page.auth.getSnapshot().scopes).not.toContain('admin')
  return { kind: 'keep' }
})

it('does not send a token to an endpoint that was edited in storage', async () => {
  const { world, page } = await startWith(edit({ tokenEndpoint: 'https://evil.test/token', expiresIn: 1 }))
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(world.tokenRequests('refresh_token')).toBe(0)
})

caseTest('STO-06', 'ignores the record of another client or issuer, and leaves it alone', async () => {
  for (const change of [{ clientId: 'other-app' }, { issuer: 'http://127.0.0.1:44001' }]) {
    const { world, page } = await startWith(edit(change))
    expect(page.auth.getSnapshot()).toMatchObject(initial)
    expect(storedSession(page.tab)).toContain(Object.values(change)[0])
    expect(world.tokenRequests('refresh_token')).toBe(0)
  }
  return { kind: 'signout', reason: 'signed out' }
})

caseTest('STO-07', 'reads own members only', async () => {
  const { page } = await startWith((record) => `{"__proto__":${record}}`)
  expect(page.auth.getSnapshot()).toMatchObject(initial)
  expect(({} as Record<string, unknown>)['accessToken']).toBeUndefined()
  return { kind: 'signout', reason: 'signed out' }
})

caseTest('STO-09', 'signs out every tab when storage is cleared', async () => {
  const world = new World({ storage: 'local' })
  const page = await world.signIn()
  const other = world.browser.open()
  other.environment().openStorage('local').clear()
  await world.settled(() => page.auth.getSnapshot().status === 'unauthenticated')
  expect(page.auth.getSnapshot()).toMatchObject({ reason: 'storage-cleared' })
  await world.clock.advance(7_200_000)
  expect(world.tokenRequests('refresh_token')).toBe(0)
  return { kind: 'signout', reason: 'storage_cleared' }
})

it('says that storage was cleared, also where life comes after that', async () => {
  const { world, page, life } = await reloadWithoutLife('hangs', { storage: 'local' })
  world.browser.open().environment().openStorage('local').clear()
  await world.clock.advance(0)
  life.set('comes')
  await world.clock.advance(0)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'storage-cleared' })
  expect(page.events.filter(({ type }) => type === 'signed_out')).toHaveLength(1)
})

it('keeps a session of this tab when the storage of all is cleared before life comes', async () => {
  const { world, page, life } = await reloadWithoutLife('hangs')
  world.browser.open().environment().openStorage('local').clear()
  life.set('comes')
  await world.clock.advance(0)
  await expect(page.auth.getAccessToken()).resolves.toMatch(/^tok_/)
})

caseTest('STO-10', 'refuses a callback whose transaction was cleared', async () => {
  const world = new World()
  const page = world.page()
  const callback = await world.authorize(page)
  page.tab.sessionStorage.clear()
  const outcome = observeSignIn(await world.reload(page.tab, callback))
  expect(world.tokenRequests('authorization_code')).toBe(0)
  expect(observeSignIn(await world.signIn(page.tab))).toEqual({ kind: 'accept' })
  return outcome
})

caseTest('STO-13', 'keeps the session in this tab by default, and in memory when told', async () => {
  const world = new World()
  const page = await world.signIn()
  expect(storedSession(page.tab)).not.toBeNull()
  expect(storedSession(page.tab, 'local')).toBeNull()
  const inMemory = new World({ storage: 'memory' })
  const volatile = await inMemory.signIn()
  expect(storedSession(volatile.tab)).toBeNull()
  expect((await inMemory.reload(volatile.tab)).auth.getSnapshot()).toMatchObject(initial)
})
