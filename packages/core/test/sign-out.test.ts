import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { storedSession } from './kit/observe.js'
import { storageKey } from '../src/storage-names.js'
import { signInAs } from './kit/sign-in-as.js'
import { CLIENT_ID, ISSUER, World } from './kit/world.js'

const SIGNED_OUT = { status: 'unauthenticated', reason: 'signed-out' }
const SIGNED_OUT_ELSEWHERE = { status: 'unauthenticated', reason: 'signed-out-elsewhere' }

caseTest('OUT-01', 'signs out here when the revocation cannot be sent', async () => {
  const world = new World()
  const page = await world.signIn()
  world.isOffline = true
  await page.auth.signOut()
  expect(storedSession(page.tab)).toBeNull()
  const state = page.auth.getSnapshot()
  expect(state).toMatchObject(SIGNED_OUT)
  await world.clock.advance(2000)
  await world.settled(() => page.events.some(({ type }) => type === 'warning'))
  return { kind: 'signout', reason: 'user' }
})

caseTest('OUT-02', 'revokes the refresh token first, then the access token', async () => {
  const world = new World()
  const page = await world.signIn()
  const { accessToken, refreshToken } = JSON.parse(storedSession(page.tab) ?? '') as Record<string, string>
  const sent: (string | null)[] = []
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/oauth2/revoke')) return undefined
    expect(request.keepalive).toBe(true)
    const copy = request.clone()
    return copy.formData().then((form) => (sent.push(form.get('token') as string), forward(request)))
  })
  await page.auth.signOut()
  await world.settled(() => sent.length === 2)
  expect(sent).toEqual([refreshToken, accessToken])
  return { kind: 'accept' }
})

caseTest(
  'OUT-08',
  'signs out locally although Spatio has no end_session, and asks for the login next time',
  async () => {
    const world = new World()
    const page = await world.signIn()
    await page.auth.signOut()
    expect(page.auth.getSnapshot()).toMatchObject(SIGNED_OUT)
    expect(storedSession(page.tab)).toBeNull()
    await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
    expect(world.mock.grants.list()).toEqual([])
    // The person may still be signed in at the authority, which has no way to be told.
    await world.authorize(page)
    const [request] = world.mock.requests({ endpoint: 'authorize' }).slice(-1)
    expect(request?.parameters['prompt']).toBe('login')
    return { kind: 'signout', reason: 'user' }
  },
)

caseTest('OUT-09', 'signs out a second tab that shares the session', async () => {
  const world = new World({ storage: 'local' })
  const first = await world.signIn()
  const second = world.page()
  await second.auth.ready()
  expect(second.auth.getSnapshot().status).toBe('authenticated')
  await first.auth.signOut()
  await world.settled(() => second.auth.getSnapshot().status === 'unauthenticated')
  expect(second.auth.getSnapshot()).toMatchObject(SIGNED_OUT_ELSEWHERE)
  await expect(second.auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated' })
  // No timer of either tab is left to refresh what is over.
  await world.clock.advance(10_800_000)
  expect(world.tokenRequests('refresh_token')).toBe(0)
  return { kind: 'signout', reason: 'elsewhere' }
})

it('signs out a second tab of the same user that has a session of its own', async () => {
  const world = new World()
  const first = await world.signIn()
  const second = await world.signIn()
  await first.auth.signOut()
  await world.settled(() => second.auth.getSnapshot().status === 'unauthenticated')
  expect(storedSession(second.tab)).toBeNull()
})

caseTest(
  'OUT-10',
  'signs out a frozen tab that missed the message, before it hands out a token',
  async () => {
    const world = new World({ storage: 'local' })
    const first = await world.signIn()
    const frozen = world.page()
    await frozen.auth.ready()
    world.browser.tabs.delete(frozen.tab)
    await first.auth.signOut()
    await expect(frozen.auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated' })
    expect(frozen.auth.getSnapshot()).toMatchObject(SIGNED_OUT_ELSEWHERE)
    return { kind: 'signout', reason: 'elsewhere' }
  },
)

caseTest('OUT-11', 'looks at the store again when the page comes back from the bfcache', async () => {
  const world = new World({ storage: 'local' })
  const first = await world.signIn()
  const frozen = world.page()
  await frozen.auth.ready()
  world.browser.tabs.delete(frozen.tab)
  await first.auth.signOut()
  await world.settled(() => world.sent.filter((endpoint) => endpoint === 'revoke').length === 2)
  expect(frozen.auth.getSnapshot().isAuthenticated).toBe(true)
  const sent = world.sent.length
  const told = frozen.events.length
  frozen.tab.dispatch('pageshow')
  // The first token that is asked for in the restored page is none any more, and no API is asked with the old one.
  const asked = [
    frozen.auth.getAccessToken(),
    frozen.auth.fetch(`${ISSUER}/v1/notes`),
    frozen.auth.getUserInfo(),
  ]
  for (const call of asked) await expect(call).rejects.toMatchObject({ code: 'not_authenticated' })
  expect(frozen.auth.getSnapshot()).toMatchObject(SIGNED_OUT_ELSEWHERE)
  await world.clock.advance(3_600_000)
  expect(world.sent.slice(sent)).toEqual([])
  expect(frozen.events.slice(told).filter(({ type }) => type === 'signed_out')).toHaveLength(1)
  return { kind: 'signout', reason: 'elsewhere' }
})

caseTest('OUT-12', 'signs out once when asked twice', async () => {
  const world = new World()
  const page = await world.signIn()
  await Promise.all([page.auth.signOut(), page.auth.signOut()])
  await world.settled(() => page.auth.getActivity().pending === null)
  expect(world.mock.requests({ endpoint: 'revoke' })).toHaveLength(2)
  return { kind: 'accept' }
})

caseTest('OUT-13', 'leaves nothing behind but the mark that somebody signed out', async () => {
  const world = new World({ storage: 'local' })
  const page = await world.signIn()
  await page.auth.signOut()
  expect(page.tab.sessionStorage.entries()).toEqual([])
  const left = world.browser.localStorage.entries()
  expect(left).toEqual([
    [`${storageKey({ issuer: ISSUER, clientId: CLIENT_ID })}#signed-out`, expect.stringMatching(/^\w{1,7}$/)],
  ])
  await world.reload(page.tab, await world.authorize(page))
  expect(world.browser.localStorage.entries().map(([key]) => key)).not.toContain(left[0]?.[0])
  return { kind: 'signout', reason: 'user' }
})

caseTest(
  'OUT-16',
  'makes a new session when the callback comes after a sign-out in another tab',
  async () => {
    const world = new World({ storage: 'local' })
    const first = await world.signIn()
    const second = world.page()
    const callback = await world.authorize(second)
    await first.auth.signOut()
    const page = await world.reload(second.tab, callback)
    expect(page.auth.getSnapshot().status).toBe('authenticated')
    return { kind: 'accept' }
  },
)

it('signs out a tab that the browser had discarded when its user signed out elsewhere', async () => {
  const world = new World()
  const discarded = await world.signIn()
  world.browser.tabs.delete(discarded.tab)
  const other = await world.signIn()
  await other.auth.signOut()
  world.browser.tabs.add(discarded.tab)
  const page = await world.reload(discarded.tab)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
  expect(storedSession(page.tab)).toBeNull()
})

it('keeps the session of another user in another tab', async () => {
  const world = new World({}, { autoConsent: false })
  const [first, second] = [await signInAs(world, 'usr_mira'), await signInAs(world, 'usr_yuki')]
  await first.auth.signOut()
  await world.clock.advance(1000)
  expect(second.auth.getSnapshot().status).toBe('authenticated')
  await expect(second.auth.getAccessToken()).resolves.toMatch(/^tok_/)
  expect((await world.reload(second.tab)).auth.getSnapshot().status).toBe('authenticated')
})

it.each(['off', 'redirect'] as const)(
  'leaves a session alone that a storage could not remove at the sign-out (silentOnLoad %s)',
  async (silentOnLoad) => {
    const kept = new Map<string, string>()
    const storage = {
      get: async (key: string) => kept.get(key) ?? null,
      set: async (key: string, value: string) => void kept.set(key, value),
      remove: () => Promise.reject(new Error('no')),
    }
    const world = new World({ storage })
    const { auth, tab } = await world.signIn()
    await auth.signOut()
    // Another tab, which knows nothing of the sign-out but its mark.
    tab.sessionStorage.clear()
    tab.load('/')
    const page = world.page(tab, { silentOnLoad })
    await expect(page.auth.ready()).resolves.toMatchObject({ status: 'unauthenticated' })
    await expect(page.auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated' })
    expect(page.events.map(({ type }) => type)).not.toContain('tab_message')
  },
)
