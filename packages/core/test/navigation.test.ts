import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import type { SpatioAuthError } from '../src/errors.js'
import { toReturnTo } from '../src/life/return-to.js'
import { APP_ORIGIN } from './kit/fake-browser.js'
import { observeSignIn } from './kit/observe.js'
import { observeRefusal, type ObservedRefusal } from './kit/observe-refusal.js'
import { World, type Page } from './kit/world.js'

const returnTo = (value: string): string => toReturnTo(value, APP_ORIGIN, `${APP_ORIGIN}/`)
const DEFAULT_ROUTE = `${APP_ORIGIN}/`

const FOREIGN = [
  '//evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  '/\t/evil.test',
  'javascript:alert(1)',
  'data:text/html,x',
  '//user@evil.test',
  'http://localhost:5173@evil.test/',
  ' https://evil.test/',
  'https:evil.test',
  'https:\\\\evil.test',
  '\u0001//evil.test',
  'blob:http://localhost:5173/x',
  // A user in a URL is how one looks like another.
  'http://evil.test@localhost:5173/',
  'http://:evil.test@localhost:5173/',
]

caseTest('NAV-01', 'returns to the default route instead of a foreign page, and says so', async () => {
  expect(returnTo('https://evil.test/')).toBe(DEFAULT_ROUTE)
  const world = new World()
  const tab = world.browser.open('/notes')
  const page = world.page(tab)
  const callback = await world.authorize(page, { returnTo: 'https://evil.test/' })
  expect(page.events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'return_to_rejected' }))
  expect((await world.reload(tab, callback)).tab.href).toBe(DEFAULT_ROUTE)
  // A place of the app's own is no warning.
  const next = world.page(tab)
  await world.authorize(next, { returnTo: '/notes?tab=1' })
  expect(next.events.map(({ type }) => type)).not.toContain('warning')
})

caseTest('NAV-02', 'stays on its origin for every known payload', () => {
  for (const payload of FOREIGN) expect(returnTo(payload)).toBe(DEFAULT_ROUTE)
  // Same origin, whatever their pathname looks like: the parsed href is used.
  for (const payload of ['/.//evil.test', '/..//evil.test', '/%09/evil.test']) {
    expect(new URL(returnTo(payload)).origin).toBe(APP_ORIGIN)
  }
  expect(returnTo('/notes?tab=1#top')).toBe(`${APP_ORIGIN}/notes?tab=1#top`)
})

/** Where a whole sign-in that asked to return here has come to. */
async function comeBackTo(place: string): Promise<string> {
  const world = new World()
  const page = await world.signIn(world.browser.open('/notes'), { returnTo: place })
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  expect(world.tokenRequests('authorization_code')).toBe(1)
  return page.tab.href
}

caseTest('NAV-03', 'returns to the default route for what cannot be parsed', async () => {
  for (const place of ['http://[', 'https://%', '//', 'http://a:b:c']) {
    expect(returnTo(place), place).toBe(DEFAULT_ROUTE)
    expect(await comeBackTo(place), place).toBe(DEFAULT_ROUTE)
  }
})

caseTest('NAV-04', 'does not return to a callback', async () => {
  for (const place of [
    '/?code=x&state=sp1.y',
    '/?error=access_denied&state=sp1.y',
    '/?code=x',
    '/#id_token=x',
  ]) {
    expect(returnTo(place), place).toBe(DEFAULT_ROUTE)
    expect(await comeBackTo(place), place).toBe(DEFAULT_ROUTE)
  }
  // A page of the app that has such a parameter of its own is one it may return to.
  expect(await comeBackTo('/vouchers?code=x')).toBe(`${APP_ORIGIN}/vouchers?code=x`)
})

caseTest('NAV-05', 'checks again where it returns to when the transaction was edited', async () => {
  const world = new World()
  const page = world.page()
  const callback = await world.authorize(page)
  const [key = '', record = ''] =
    page.tab.sessionStorage.entries().find(([name]) => name.includes('transaction')) ?? []
  page.tab.sessionStorage.setItem(
    key,
    record.replace(/"returnTo":"[^"]*"/, '"returnTo":"https://evil.test/"'),
  )
  const next = await world.reload(page.tab, callback)
  expect(next.auth.getSnapshot().status).toBe('authenticated')
  expect(next.tab.href).toBe(DEFAULT_ROUTE)
})

caseTest(
  'NAV-06',
  'stops a login loop in its tab, keeps the session, and lets go after a minute',
  async () => {
    const world = new World()
    const tab = world.browser.open()
    // An API that refuses every token sends the user back at once.
    for (let count = 0; count < 3; count++) await world.signIn(tab)
    const page = await world.reload(tab)
    const outcome = await observeRefusal(page, () => page.auth.signIn())
    expect(page.auth.getSnapshot().isAuthenticated).toBe(true)
    await expect(world.authorize(world.page())).resolves.toContain('code=')
    await world.clock.advance(60_000)
    await expect(world.authorize(page)).resolves.toContain('code=')
    return outcome
  },
)

caseTest('NAV-07', 'refuses a callback in a frame', async () => {
  const world = new World()
  const page = world.page()
  const callback = await world.authorize(page)
  page.tab.isFramed = true
  const next = await world.reload(page.tab, callback)
  expect(world.tokenRequests('authorization_code')).toBe(0)
  const outcome = observeSignIn(next)
  // Nor does one start there: its answer would be refused.
  expect(await observeRefusal(next, () => next.auth.signIn())).toEqual(outcome)
  // The same answer where it belongs.
  page.tab.isFramed = false
  expect(observeSignIn(await world.reload(page.tab, callback))).toEqual({ kind: 'accept' })
  return outcome
})

caseTest('NAV-08', 'reads the query of a hash-routed app and keeps its hash', async () => {
  const world = new World()
  const page = world.page(world.browser.open('/#/notes?code=1&state=sp1.x'))
  const callback = new URL(await world.authorize(page))
  callback.hash = '#/route?code=1'
  const next = await world.reload(page.tab, callback.href)
  expect(next.auth.getSnapshot().status).toBe('authenticated')
  expect(next.tab.href).toBe(`${APP_ORIGIN}/#/notes?code=1&state=sp1.x`)
  return { kind: 'accept' }
})

caseTest('NAV-09', 'rejects when the page stayed after all, and can sign in again', async () => {
  return leaveInVain((world) => world.clock.advance(31_000))
})

caseTest('CB-24', 'rejects the sign-in when Back restores the page from the bfcache', async () => {
  return leaveInVain((_world, { tab }) => tab.dispatch('pageshow'))
})

/** The page was on its way to the authority, and is here all the same: with a session and without one. */
async function leaveInVain(
  stay: (world: World, page: Page) => Promise<void> | void,
): Promise<ObservedRefusal> {
  const outcomes: ObservedRefusal[] = []
  for (const isSignedIn of [true, false]) {
    const world = new World()
    const page = isSignedIn ? await world.signIn() : world.page()
    await page.auth.ready()
    const left = page.auth.signIn()
    await world.settled(() => page.tab.navigations.length === 1)
    expect(page.auth.getActivity().pending).toBe('sign-in')
    const returning = () => Promise.all([left, stay(world, page)])
    outcomes.push(await observeRefusal(page, returning))
    expect(page.auth.getActivity().pending).toBeNull()
    expect(page.auth.getSnapshot().isAuthenticated).toBe(isSignedIn)
    page.tab.navigations.length = 0
    const again = await world.authorize(page)
    expect(observeSignIn(await world.reload(page.tab, again))).toEqual({ kind: 'accept' })
  }
  const [first] = outcomes
  if (first === undefined) throw new Error('nobody left')
  expect(outcomes[1]).toEqual(first)
  return first
}

for (const storage of ['local', 'session'] as const)
  caseTest('CB-24', `reads a ${storage} session that a page in the bfcache has not seen begin`, async () => {
    const world = new World({ storage })
    const page = world.page()
    await page.auth.ready()
    const left = page.auth.signIn().catch((error: SpatioAuthError) => error.code)
    await world.settled(() => page.tab.navigations.length === 1)
    // Only a fully active document is told of storage (HTML, Web storage); Chromium tells it late, of all tabs' only.
    world.browser.tabs.delete(page.tab)
    const later = await world.signIn(world.browser.open('/', page.tab))
    for (const [key, value] of later.tab.sessionStorage.entries()) page.tab.sessionStorage.setItem(key, value)
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
    world.browser.tabs.add(page.tab)
    page.tab.dispatch('pageshow', Object.assign(new Event('pageshow'), { persisted: true }))
    await world.settled(() => page.auth.getSnapshot().isAuthenticated)
    await expect(page.auth.getAccessToken()).resolves.toBe(await later.auth.getAccessToken())
    return { kind: 'reject', code: await left }
  })

it.each(['local', 'session'] as const)(
  'takes the %s session that a page in the bfcache has not seen begin, when nothing was asked of it',
  async (storage) => {
    const world = new World({ storage })
    const page = world.page()
    await page.auth.ready()
    world.browser.tabs.delete(page.tab)
    const later = await world.signIn(world.browser.open('/', page.tab))
    for (const [key, value] of later.tab.sessionStorage.entries()) page.tab.sessionStorage.setItem(key, value)
    world.browser.tabs.add(page.tab)
    // The first one is that of the load.
    for (const persisted of [false, true]) {
      expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
      page.tab.dispatch('pageshow', Object.assign(new Event('pageshow'), { persisted }))
      await world.clock.advance(0)
    }
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
    await expect(page.auth.getAccessToken()).resolves.toBe(await later.auth.getAccessToken())
  },
)

it('goes there by the app’s own navigate, once, and not where the user is already', async () => {
  const places: string[] = []
  const world = new World({ navigate: (to) => void places.push(to) })
  await world.signIn(world.browser.open('/'), { returnTo: '/notes?tab=1' })
  expect(places).toEqual([`${APP_ORIGIN}/notes?tab=1`])
  const { tab } = await world.signIn(world.browser.open('/'))
  expect(tab.href).toBe(DEFAULT_ROUTE)
  expect(places).toHaveLength(1)
})
