import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { createSpatioAuth } from '../src/index.js'
import { observeSignIn } from './kit/observe.js'
import { ISSUER, World, type Page } from './kit/world.js'

/** Holds the answers of the token endpoint, which has given them, until the returned function is called. */
function holdTokens(world: World): () => void {
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  world.intercepts.push((request, forward) =>
    request.url.endsWith('/oauth2/token')
      ? forward(request).then(async (response) => (await gate, response))
      : undefined,
  )
  return () => open()
}

const codeOf = (error: unknown): string => (error as { code: string }).code

caseTest('ENV-01', 'is made on a server without a window, and its methods say so', async () => {
  const auth = createSpatioAuth({ clientId: 'app' })
  expect(auth.getSnapshot().status).toBe('loading')
  await expect(auth.ready()).resolves.toMatchObject({
    status: 'error',
    error: { code: 'environment_unsupported' },
  })
  expect(auth.getSnapshot().status).toBe('loading')
  return { kind: 'reject', code: await auth.getAccessToken().catch(codeOf) }
})

caseTest('ENV-02', 'starts with the state a server renders', () => {
  const { auth } = new World().page()
  expect(auth.getSnapshot()).toBe(auth.getServerSnapshot())
  return { kind: 'accept' }
})

caseTest('ENV-03', 'starts again after dispose with one exchange, whenever the dispose came', async () => {
  for (const turns of [0, 1, 3, 10, 30, 100]) {
    const world = new World()
    const first = world.page()
    const callback = await world.authorize(first)
    first.tab.load(callback)
    const page = world.page(first.tab)
    void page.auth.ready()
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
    page.auth.dispose()
    await page.auth.ready()
    await world.settled(() => page.auth.getSnapshot().status !== 'loading')
    expect(page.auth.getSnapshot().status, `after ${turns} turns`).toBe('authenticated')
    expect(world.tokenRequests('authorization_code')).toBe(1)
    // By the page that began the sign-in, and by this one.
    expect(world.mock.requests({ endpoint: 'discovery' }), `after ${turns} turns`).toHaveLength(2)
    expect(world.mock.requests({ endpoint: 'revoke' })).toEqual([])
    await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
  }
  return { kind: 'accept' }
})

it('revokes what a callback brought after dispose, when nobody started again', async () => {
  const world = new World()
  const first = world.page()
  const callback = await world.authorize(first)
  first.tab.load(callback)
  const page = world.page(first.tab)
  const answer = holdTokens(world)
  void page.auth.ready()
  await world.settled(() => world.tokenRequests('authorization_code') === 1)
  page.auth.dispose()
  answer()
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
  expect(page.auth.getSnapshot().isAuthenticated).toBe(false)
})

it('keeps a session that only this page has over dispose', async () => {
  const world = new World({ storage: 'memory' })
  const page = await world.signIn()
  page.auth.dispose()
  await page.auth.ready()
  await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
})

it('loses no session when it starts again while a refresh is under way', async () => {
  const world = new World()
  const page = await world.signIn()
  const answer = holdTokens(world)
  const refresh = page.auth.getAccessToken({ forceRefresh: true }).catch(codeOf)
  await world.settled(() => world.tokenRequests('refresh_token') === 1)
  page.auth.dispose()
  await page.auth.ready()
  answer()
  await refresh
  await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
  expect(page.auth.getSnapshot().status).toBe('authenticated')
})

caseTest('ENV-05', 'drops a refresh that answers after dispose', async () => {
  const world = new World()
  const page = await world.signIn()
  const answer = holdTokens(world)
  const refresh = page.auth.getAccessToken({ forceRefresh: true }).catch(codeOf)
  await world.settled(() => world.tokenRequests('refresh_token') === 1)
  page.auth.dispose()
  const told = page.events.length
  answer()
  const code = await refresh
  expect(page.events.slice(told)).toEqual([])
  return { kind: 'reject', code }
})

const NEVER = new Promise<never>(() => undefined)

/** What may hang, at which page: a callback, or a stored session that has expired. */
const HANGS: Record<
  string,
  { readonly hang: (page: Page) => void; readonly code: string; readonly expired?: true }
> = {
  'the authority': {
    hang: ({ world }) =>
      world.intercepts.push((request) => (request.url.startsWith(ISSUER) ? NEVER : undefined)),
    code: 'timeout',
  },
  'every request, the time source too': {
    hang: ({ world }) => world.intercepts.push(() => NEVER),
    code: 'timeout',
  },
  'every lock': {
    hang: ({ world, tab }) => {
      const locks = { request: () => NEVER, query: () => NEVER } as unknown as LockManager
      world.browser.locks.forTab = () => locks
      expect(tab.hasLocks).toBe(true)
    },
    code: 'timeout',
  },
  'the refresh of an expired session': {
    hang: ({ world }) => world.intercepts.push(() => NEVER),
    code: 'refresh_transient',
    expired: true,
  },
}

for (const [what, { hang, code, expired }] of Object.entries(HANGS)) {
  caseTest('ENV-06', `settles in time when ${what} never answers`, async () => {
    const world = new World()
    const first = expired ? await world.signIn() : world.page()
    const href = expired ? '/' : await world.authorize(first)
    first.tab.load(href)
    if (expired) world.clock.jump(7_200_000)
    const page = world.page(first.tab)
    hang(page)
    let isSettled = false
    const settled = page.auth.ready().finally(() => (isSettled = true))
    await world.clock.advance(4999)
    expect([isSettled, page.auth.getSnapshot().status]).toEqual([false, 'loading'])
    await world.clock.advance(1)
    const status = expired ? 'authenticated' : 'error'
    await expect(settled).resolves.toMatchObject({ status, error: { code, retryable: true } })
    return { kind: 'accept' }
  })
}

caseTest('ENV-06', 'settles in time when a storage of the app never answers', async () => {
  const storage = { get: () => NEVER, set: () => NEVER, remove: () => NEVER }
  const world = new World({ storage })
  const page = world.page()
  const settled = page.auth.ready()
  await world.clock.advance(5000)
  const state = await settled
  expect(state.status).not.toBe('loading')
  expect(state.isAuthenticated).toBe(false)
  return { kind: 'accept' }
})

caseTest('ENV-08', 'makes a caller wait while the callback is processed', async () => {
  const world = new World()
  const first = world.page()
  const callback = await world.authorize(first)
  first.tab.load(callback)
  const page = world.page(first.tab)
  expect(page.auth.getSnapshot().status).toBe('loading')
  await expect(page.auth.getAccessToken()).resolves.toMatch(/^tok_/)
  return observeSignIn(page)
})

it.each([0, 2000])('leaves no timer and no listener behind after dispose, %d ms after', async (ms) => {
  const world = new World()
  const page = await world.signIn()
  await world.clock.advance(ms)
  page.auth.dispose()
  expect(world.clock.pendingTimers).toBe(0)
})

it('signs out before it was ready', async () => {
  const world = new World()
  const { tab } = await world.signIn()
  tab.load('/')
  const page = world.page(tab)
  await page.auth.signOut()
  await page.auth.ready()
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'signed-out' })
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
})

it('refreshes ahead of expiry in a visible tab, and not in a hidden one', async () => {
  const world = new World()
  const page = await world.signIn()
  const refreshed = () => page.events.filter(({ type }) => type === 'refreshed').length
  page.tab.isVisible = false
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(3_600_000)
  expect(world.tokenRequests('refresh_token')).toBe(0)
  page.tab.isVisible = true
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(0)
  await world.settled(() => refreshed() === 1)
  await world.clock.advance(3_541_000)
  await world.settled(() => refreshed() === 2)
})
