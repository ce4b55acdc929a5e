import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { storedSession } from './kit/observe.js'
import { signInAs } from './kit/sign-in-as.js'
import { World, type Page } from './kit/world.js'

const HOUR = 3_600_000
const codeOf = (error: unknown): string => (error as { code: string }).code

/** A gate before the answer of the next refresh; the authority has answered already. */
function holdRefresh(world: World): () => void {
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  world.intercepts.push((request, forward) =>
    request.url.endsWith('/oauth2/token')
      ? forward(request).then(async (response) => (await gate, response))
      : undefined,
  )
  return () => {
    world.intercepts.pop()
    open()
  }
}

async function openTab(world: World): Promise<Page> {
  const page = world.page()
  await page.auth.ready()
  return page
}

caseTest('REF-04', 'sends one refresh per tab where Web Locks are missing or refused', async () => {
  for (const breakLocks of [
    (page: Page) => (page.tab.hasLocks = false),
    (page: Page) => (page.tab.areLocksRefused = true),
  ]) {
    const world = new World()
    const { tab } = await world.signIn()
    tab.load('/')
    const page = world.page(tab)
    breakLocks(page)
    await page.auth.ready()
    world.clock.jump(2 * HOUR)
    const tokens = await Promise.all(Array.from({ length: 5 }, () => page.auth.getAccessToken()))
    expect(new Set(tokens).size).toBe(1)
    expect(world.tokenRequests('refresh_token')).toBe(1)
  }
  return { kind: 'accept' }
})

caseTest('REF-08', 'goes on with the newer token when its own was used by a sibling', async () => {
  const world = new World({ storage: 'local' }, { refreshGrace: 0 })
  const first = await world.signIn()
  const second = world.page()
  second.tab.hasLocks = false
  await second.auth.ready()
  // The second tab sleeps while the first refreshes, and wakes with the record it had.
  world.browser.tabs.delete(second.tab)
  const stale = storedSession(first.tab, 'local') ?? ''
  const token = await first.auth.getAccessToken({ forceRefresh: true })
  const newest = storedSession(first.tab, 'local') ?? ''
  let refused = 0
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/oauth2/token')) return undefined
    // A strict authority would end the family here: it is the answer alone that is under test.
    if (refused++ > 0) return forward(request)
    world.browser.localStorage.setItem(keyOf(world), newest)
    return Promise.resolve(Response.json({ error: 'invalid_grant' }, { status: 400 }))
  })
  world.browser.localStorage.setItem(keyOf(world), stale)
  const next = await second.auth.getAccessToken({ forceRefresh: true })
  expect(next).not.toBe(token)
  expect(refused).toBe(2)
  expect(second.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  return { kind: 'retry' }
})

caseTest('REF-31', 'keeps the other user who signed in in another tab during a refresh', async () => {
  const world = new World({ storage: 'local' }, { autoConsent: false })
  const first = await signInAs(world, 'usr_mira')
  const release = holdRefresh(world)
  const refresh = first.auth.getAccessToken({ forceRefresh: true }).catch(codeOf)
  await world.settled(() => world.tokenRequests('refresh_token') === 1)
  world.browser.tabs.delete(first.tab)
  const late = world.intercepts.pop()
  const second = await signInAs(world, 'usr_yuki')
  if (late !== undefined) world.intercepts.push(late)
  release()
  await refresh
  for (const page of [first, second]) {
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', user: { sub: 'usr_yuki' } })
  }
  const stored = JSON.parse(storedSession(second.tab, 'local') ?? '{}') as { accessToken?: string }
  await expect(second.auth.getAccessToken()).resolves.toBe(stored.accessToken)
  // The late tokens belong to nobody.
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
  return { kind: 'keep' }
})

caseTest('STO-14', 'waits for the record of the revision that the last holder told of', async () => {
  const world = new World({ storage: 'local' })
  const first = await world.signIn()
  const second = await openTab(world)
  world.browser.tabs.delete(second.tab)
  const token = await first.auth.getAccessToken({ forceRefresh: true })
  second.tab.showStaleLocal(storedSessionBefore(first))
  const adopted = second.auth.getAccessToken({ forceRefresh: true })
  await world.clock.advance(50)
  expect(world.tokenRequests('refresh_token')).toBe(1)
  second.tab.showStaleLocal(null)
  await world.clock.advance(50)
  await expect(adopted).resolves.toBe(token)
  expect(world.tokenRequests('refresh_token')).toBe(1)
  return { kind: 'accept' }
})

it('refreshes itself when the other tab died before its answer, and never without the lock', async () => {
  const world = new World({ storage: 'local', lockTimeout: 5 })
  const first = await world.signIn()
  const second = await openTab(world)
  holdRefresh(world)
  void first.auth.getAccessToken({ forceRefresh: true }).catch(() => undefined)
  await world.settled(() => world.tokenRequests('refresh_token') === 1)
  const waiting = second.auth.getAccessToken({ forceRefresh: true }).catch(codeOf)
  await world.clock.advance(5000)
  await expect(waiting).resolves.toBe('refresh_transient')
  expect(world.tokenRequests('refresh_token')).toBe(1)
  expect(second.auth.getSnapshot().status).toBe('authenticated')
})

it('ends a session in every tab when a strict authority saw the token of a dying tab twice', async () => {
  const world = new World({ storage: 'local' }, { refreshGrace: 0 })
  const dying = await world.signIn()
  const next = await openTab(world)
  holdRefresh(world)
  void dying.auth.getAccessToken({ forceRefresh: true }).catch(() => undefined)
  await world.settled(() => world.tokenRequests('refresh_token') === 1)
  dying.tab.close()
  world.intercepts.pop()
  await expect(next.auth.getAccessToken({ forceRefresh: true })).rejects.toMatchObject({
    code: 'refresh_reuse_suspected',
  })
  expect(next.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'expired' })
  expect(storedSession(next.tab, 'local')).toBeNull()
})

function keyOf(world: World): string {
  const [key = ''] = world.browser.localStorage.entries().find(([name]) => !name.includes('#')) ?? []
  return key
}

/** The record of the page's session as it was one refresh ago: its revision is lower. */
function storedSessionBefore(page: Page): string {
  const record = JSON.parse(storedSession(page.tab, 'local') ?? '{}') as Record<string, unknown>
  return JSON.stringify({ ...record, revision: 0, accessToken: 'tok_old' })
}
