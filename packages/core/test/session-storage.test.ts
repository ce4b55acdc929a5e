import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { openAppStorage } from './kit/app-storage.js'
import { lateLife } from './kit/late-chunks.js'
import { observeRefusal } from './kit/observe-refusal.js'
import { World } from './kit/world.js'

const hang = (): Promise<never> => new Promise(() => undefined)

caseTest(
  'STO-12',
  'settles with an error when a storage of the app never answers, and keeps what is there',
  async () => {
    const storage = openAppStorage()
    const world = new World({ storage })
    const { tab } = await world.signIn()
    tab.load('/')
    const page = world.page(tab, { storage: { ...storage, get: hang } })
    const kept = [...storage.kept]
    const ready = page.auth.ready()
    await world.clock.advance(2000)
    const state = await ready
    expect(state).toMatchObject({
      status: 'error',
      user: null,
      isAuthenticated: false,
      error: { retryable: true },
    })
    // Nobody knows whether there is a session, so nobody is sent to the login.
    const outcome = await observeRefusal(page, () => page.auth.requireUser())
    expect(outcome.code).toBe(state.error?.code)
    expect([...storage.kept]).toEqual(kept)
    expect((await world.reload(tab)).auth.getSnapshot().status).toBe('authenticated')
    return outcome
  },
)

it('mends by retry when the storage answers again', async () => {
  const storage = openAppStorage()
  const world = new World({ storage })
  const { tab } = await world.signIn()
  tab.load('/')
  let isBroken = true
  const get = (key: string) => (isBroken ? Promise.reject(new Error('locked')) : storage.get(key))
  const page = world.page(tab, { storage: { ...storage, get } })
  await expect(page.auth.ready()).resolves.toMatchObject({ error: { code: 'storage_unavailable' } })
  isBroken = false
  await expect(page.auth.retry()).resolves.toMatchObject({ status: 'authenticated' })
})

it('revokes the tokens of a sign-in that the storage did not keep', async () => {
  const world = new World({ storage: { ...openAppStorage(), set: () => Promise.reject(new Error('no')) } })
  const page = await world.signIn()
  expect(page.auth.getSnapshot()).toMatchObject({ error: { code: 'storage_unavailable' } })
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
})

it('signs out although the storage hangs, and says so at once', async () => {
  const storage = openAppStorage()
  const world = new World({ storage: { ...storage, remove: hang } })
  const page = await world.signIn()
  const done = page.auth.signOut()
  expect(page.auth.getSnapshot().status).toBe('unauthenticated')
  await world.clock.advance(2000)
  await expect(done).resolves.toBeUndefined()
})

it('lets no slow write bring back what a sign-out removed', async () => {
  const storage = openAppStorage()
  let finish: () => void = () => undefined
  let isSlow = false
  const set = async (key: string, value: string) => {
    if (isSlow) await new Promise<void>((resolve) => (finish = resolve))
    await storage.set(key, value)
  }
  const world = new World({ storage: { ...storage, set } })
  const page = await world.signIn()
  isSlow = true
  page.auth.getAccessToken({ forceRefresh: true }).catch(() => undefined)
  await world.clock.advance(100)
  const done = page.auth.signOut()
  finish()
  await world.clock.advance(100)
  await done
  expect([...storage.kept]).toEqual([])
})

it('keeps the session where the app says, and finds it again', async () => {
  const storage = openAppStorage()
  const world = new World({ storage })
  const page = await world.signIn()
  expect([...storage.kept.keys()]).toEqual(['spatio.auth:http://127.0.0.1:4400:demo-app'])
  expect((await world.reload(page.tab)).auth.getSnapshot().status).toBe('authenticated')
  await page.auth.signOut()
  expect([...storage.kept]).toEqual([])
})

it('sends one refresh for two tabs when the storage is shared', async () => {
  const world = new World({ storage: openAppStorage(true) })
  const first = await world.signIn()
  const second = world.page()
  await second.auth.ready()
  world.clock.jump(7_200_000)
  const tokens = await Promise.all([first, second].map(({ auth }) => auth.getAccessToken()))
  expect(new Set(tokens).size).toBe(1)
  expect(world.tokenRequests('refresh_token')).toBe(1)
})

it('takes what a storage of the app has not for nothing, also when it says undefined', async () => {
  const { kept, ...storage } = openAppStorage(true)
  const get = async (key: string) => kept.get(key) as string
  const world = new World({ storage: { ...storage, get } })
  const page = world.page()
  expect(await page.auth.ready()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
  const signedIn = await world.signIn(page.tab)
  kept.clear()
  await expect(signedIn.auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated' })
  expect([...page.events, ...signedIn.events].map(({ type }) => type)).not.toContain('storage_degraded')
})

caseTest('STO-08', 'is unaffected when another script has polluted Object.prototype', async () => {
  const polluted = Object.prototype as Record<string, unknown>
  const names = ['code_verifier', 'accessToken', 'refreshToken', 'access_token', 'nonce']
  // The test's own module loader reads inherited members too.
  await new World().signIn()
  for (const name of names) {
    Object.defineProperty(polluted, name, { value: 'planted', configurable: true, writable: true })
  }
  try {
    const world = new World()
    const page = await world.signIn()
    expect(page.auth.getSnapshot().status).toBe('authenticated')
    await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
    const fresh = world.page()
    await expect(fresh.auth.ready()).resolves.toMatchObject({ status: 'unauthenticated' })
  } finally {
    for (const name of names) Reflect.deleteProperty(polluted, name)
  }
})

caseTest('STO-11', 'starts signed out when a private window was wiped', async () => {
  const world = new World()
  const { tab } = await world.signIn()
  tab.sessionStorage.clear()
  const page = await world.reload(tab)
  const state = page.auth.getSnapshot()
  expect(state).toMatchObject({ status: 'unauthenticated', error: null })
  return { kind: 'signout', reason: state.status === 'unauthenticated' ? state.reason : '' }
})

it('signs out in time when a storage of the app hangs and life cannot be loaded', async () => {
  const storage = openAppStorage()
  const world = new World({ storage })
  const { tab } = await world.signIn()
  tab.load('/')
  const page = world.page(tab, { storage: { ...storage, remove: hang } }, lateLife('fails').chunks)
  await page.auth.ready()
  const signedOut = page.auth.signOut()
  await world.clock.advance(2000)
  await signedOut
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'signed-out' })
})

it('settles in time when a storage of the app hangs on the removal of a corrupt record', async () => {
  const page = new World({ storage: { ...openAppStorage(), get: async () => '{', remove: hang } }).page()
  const ready = page.auth.ready()
  await page.world.clock.advance(2000)
  expect(await ready).toMatchObject({ status: 'unauthenticated', error: null })
})
