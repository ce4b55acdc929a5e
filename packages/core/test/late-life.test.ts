import { expect, it } from 'vitest'
import { openAppStorage } from './kit/app-storage.js'
import { lateLife } from './kit/late-chunks.js'
import { storedSession } from './kit/observe.js'
import { reloadWithoutLife } from './kit/reload-without-life.js'
import { signInAs } from './kit/sign-in-as.js'
import { ISSUER, RELAY_PATH, World, type Page } from './kit/world.js'

const MINUTE = 60_000
const codeOf = (error: unknown): string => (error as { code: string }).code

const isRefreshed = ({ events }: Page): boolean => events.some(({ type }) => type === 'refreshed')

it('shows the session while life hangs, and hands out its token when that has come', async () => {
  const { world, page, life } = await reloadWithoutLife('hangs')
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  const token = page.auth.getAccessToken()
  const answer = page.auth.fetch(`${ISSUER}/v1/notes`)
  await world.clock.advance(5000)
  life.set('comes')
  await expect(token).resolves.toMatch(/^tok_/)
  expect((await answer).status).not.toBe(401)
  expect(life.asked()).toBe(3)
})

it('keeps and shows the session while life fails, and says that its token can be asked for again', async () => {
  const { page, life } = await reloadWithoutLife('fails')
  await expect(page.auth.getAccessToken()).rejects.toMatchObject({
    code: 'engine_load_failed',
    retryable: true,
  })
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  expect(storedSession(page.tab)).not.toBeNull()
  life.set('comes')
  await expect(page.auth.getAccessToken()).resolves.toMatch(/^tok_/)
})

it('gives up waiting for life after requestTimeout, and says that it may be tried again', async () => {
  const { world, page } = await reloadWithoutLife('hangs', { requestTimeout: 7 })
  let failed: unknown = null
  page.auth.getUserInfo().catch((error: unknown) => (failed = error))
  await world.clock.advance(6999)
  expect(failed).toBeNull()
  await world.clock.advance(1)
  expect(failed).toMatchObject({ code: 'engine_load_failed', retryable: true })
})

it('asks for life again every five seconds, by one timer however often the app retries', async () => {
  const { world, page, life } = await reloadWithoutLife('fails')
  expect(life.asked()).toBe(1)
  for (let count = 0; count < 5; count++) await page.auth.retry()
  await world.clock.advance(0)
  const asked = life.asked()
  expect(world.clock.pendingTimers).toBe(1)
  await world.clock.advance(4999)
  expect(life.asked()).toBe(asked)
  await world.clock.advance(1)
  expect(life.asked()).toBe(asked + 1)
  page.auth.dispose()
  expect(world.clock.pendingTimers).toBe(0)
})

it('refreshes ahead of expiry once life has come', async () => {
  const { world, page, life } = await reloadWithoutLife('fails')
  life.set('comes')
  await world.clock.advance(5000)
  await world.clock.advance(60 * MINUTE)
  await world.settled(() => isRefreshed(page))
})

it('signs out without life, wherever the session is kept', async () => {
  const storage = openAppStorage()
  const { world, page } = await reloadWithoutLife('fails', { storage })
  expect([page.auth.getSnapshot().status, storage.kept.size]).toEqual(['authenticated', 1])
  await page.auth.signOut()
  expect(storage.kept.size).toBe(0)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'signed-out' })
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
})

it('forgets a session of the app’s own storage that it is signed out of before it was ready', async () => {
  const storage = openAppStorage()
  const world = new World({ storage })
  const { tab } = await world.signIn()
  tab.load('/')
  await world.page(tab, {}, lateLife('fails').chunks).auth.signOut()
  expect(storage.kept.size).toBe(0)
})

it.each(['session', 'local'] as const)(
  'learns without life that its user signed out elsewhere (%s)',
  async (storage) => {
    const { world, page } = await reloadWithoutLife('fails', { storage })
    const other = await world.signIn()
    await other.auth.signOut()
    await world.clock.advance(0)
    expect(page.auth.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      reason: 'signed-out-elsewhere',
    })
    expect(page.events.filter(({ type }) => type === 'signed_out')).toHaveLength(1)
    expect(storedSession(page.tab, storage)).toBeNull()
  },
)

it('has lost no sign-out elsewhere when its user has signed in again before life comes', async () => {
  const { world, page, life } = await reloadWithoutLife('fails')
  const other = await world.signIn()
  await other.auth.signOut()
  await world.signIn(other.tab)
  life.set('comes')
  await world.clock.advance(5000)
  expect(page.auth.getSnapshot()).toMatchObject({
    status: 'unauthenticated',
    reason: 'signed-out-elsewhere',
  })
  await expect(page.auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated' })
})

it('is not moved without life by the sign-out of another user', async () => {
  const world = new World({}, { autoConsent: false })
  const { tab } = await signInAs(world, 'usr_mira')
  tab.load('/')
  const page = world.page(tab, {}, lateLife('fails').chunks)
  await page.auth.ready()
  const other = await signInAs(world, 'usr_yuki')
  await other.auth.signOut()
  await world.clock.advance(0)
  expect(page.auth.getSnapshot().status).toBe('authenticated')
})

it('takes the refreshed token of another tab when life has come, also where it was frozen since', async () => {
  const { world, page, life } = await reloadWithoutLife('fails', { storage: 'local' })
  const other = await world.reload(world.browser.open())
  const first = await other.auth.getAccessToken({ forceRefresh: true })
  life.set('comes')
  await expect(page.auth.getAccessToken()).resolves.toBe(first)
  world.browser.tabs.delete(page.tab)
  const second = await other.auth.getAccessToken({ forceRefresh: true })
  expect(second).not.toBe(first)
  await expect(page.auth.getAccessToken()).resolves.toBe(second)
})

it('takes the sign-in of another tab when life has come, and keeps it alive', async () => {
  const world = new World({ storage: 'local' })
  const life = lateLife('fails')
  const page = world.page(undefined, {}, life.chunks)
  await page.auth.ready()
  expect(page.auth.getSnapshot().status).toBe('unauthenticated')
  const { tab } = await world.signIn()
  tab.close()
  life.set('comes')
  await world.clock.advance(5000)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  await world.clock.advance(60 * MINUTE)
  await world.settled(() => isRefreshed(page))
})

it('takes the sign-in that has taken the place of its session in another tab before life came', async () => {
  const { world, page, life } = await reloadWithoutLife('fails', { storage: 'local' })
  const other = await world.reload(world.browser.open())
  const again = await world.reload(other.tab, await world.authorize(other))
  life.set('comes')
  await world.clock.advance(5000)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  await expect(page.auth.getAccessToken()).resolves.toBe(await again.auth.getAccessToken())
})

it('asks the authority in silence although life comes after readyTimeout', async () => {
  const world = new World({ silentOnLoad: 'redirect' })
  const life = lateLife('hangs')
  const page = world.page(undefined, {}, life.chunks)
  const settled = page.auth.ready()
  await world.clock.advance(5000)
  expect(await settled).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
  life.set('comes')
  await world.settled(() => page.tab.navigations.length === 1)
  expect(page.tab.navigations[0]).toContain('prompt=none')
})

it('asks nobody in silence when somebody has signed in elsewhere before life came', async () => {
  const world = new World({ silentOnLoad: 'redirect', storage: 'local' })
  const life = lateLife('hangs')
  const page = world.page(undefined, {}, life.chunks)
  void page.auth.ready()
  await world.clock.advance(0)
  const other = world.page(undefined, { silentOnLoad: 'off' })
  await world.reload(other.tab, await world.authorize(other))
  life.set('comes')
  await world.clock.advance(0)
  expect(page.tab.navigations).toEqual([])
})

it('gives up what a signal has ended once life has come, and closes its popup', async () => {
  const { world, page, life } = await reloadWithoutLife('hangs', { relayPath: RELAY_PATH })
  const { auth, tab } = page
  const controller = new AbortController()
  const { signal } = controller
  const calls = [
    auth.getAccessToken({ forceRefresh: true, signal }),
    auth.signIn({ mode: 'iframe', signal }),
    auth.signIn({ mode: 'popup', signal }),
  ].map((call) => call.catch(codeOf))
  await world.clock.advance(0)
  expect(tab.popups).toMatchObject([{ closed: false }])
  controller.abort()
  life.set('comes')
  expect(await Promise.all(calls)).toEqual(['aborted', 'aborted', 'aborted'])
  expect(tab.popups).toMatchObject([{ closed: true }])
  expect(world.tokenRequests('refresh_token')).toBe(0)
})

it('closes the popup of a click when life does not come within requestTimeout', async () => {
  const { world, page } = await reloadWithoutLife('hangs', { relayPath: RELAY_PATH })
  const signingIn = page.auth.signIn({ mode: 'popup' }).catch(codeOf)
  await world.clock.advance(10_000)
  expect(await signingIn).toBe('engine_load_failed')
  expect(page.tab.popups).toMatchObject([{ closed: true }])
})
