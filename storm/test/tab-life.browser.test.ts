import { caseTest } from '@spatio-labs/cases'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askForToken, signIn, signOut, type Tab } from '../kit/tab.js'
import { LIFETIME, openWorld, type World } from '../kit/world.js'
import type { StormPage } from '../page/main.js'

/** What the tab shows, once it has started. */
const statusOf = (tab: Tab): Promise<string> =>
  tab.page.evaluate(async () => {
    const { auth } = window as unknown as StormPage
    await auth.ready()
    return auth.getSnapshot().status
  })

/** Why nobody is signed in, once that is so. */
async function reasonOf(tab: Tab): Promise<string> {
  await tab.page.waitForFunction(
    () => (window as unknown as StormPage).auth.getSnapshot().status === 'unauthenticated',
  )
  return tab.page.evaluate(() => {
    const state = (window as unknown as StormPage).auth.getSnapshot()
    return state.status === 'unauthenticated' ? state.reason : ''
  })
}

const refreshes = ({ mock }: World): number =>
  mock.requests({ endpoint: 'token', grant: 'refresh_token' }).length

/** A tab that is signed in, with as many beside it as are asked for; one session for all with `local`. */
async function openSignedIn(world: World, count = 1): Promise<Tab[]> {
  const first = await world.openTab()
  await signIn(first)
  const others: Tab[] = []
  while (others.length < count - 1) others.push(await world.openTab())
  for (const tab of others) expect(await statusOf(tab)).toBe('authenticated')
  world.mock.clearRequests()
  return [first, ...others]
}

/** Nothing of a test is left for the next. */
async function leave(world: World): Promise<void> {
  const [first] = world.tabs
  if (first !== undefined) await signOut(first)
  for (const tab of [...world.tabs]) await world.closeTab(tab)
}

describe('tabs that share their session', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld('local', 3)
  })
  afterEach(() => leave(world))
  afterAll(() => world.close())

  caseTest(
    'STO-09',
    'signs every tab out when the storage is cleared, and none refreshes later',
    async () => {
      const tabs = (await openSignedIn(world, 3)) as [Tab, Tab, Tab]
      const [clearing, ...others] = tabs
      await clearing.page.evaluate(() => localStorage.clear())
      const reasons = await Promise.all(others.map(reasonOf))
      expect(reasons).toEqual(['storage-cleared', 'storage-cleared'])
      // A page hears nothing of what it did itself: it finds out when it is asked for a token.
      expect(await askForToken(clearing)).toBe('not_authenticated')
      expect(await statusOf(clearing)).toBe('unauthenticated')
      await world.pass(2 * LIFETIME)
      expect(await Promise.all(tabs.map(askForToken))).toEqual(tabs.map(() => 'not_authenticated'))
      expect(refreshes(world)).toBe(0)
      return { kind: 'signout', reason: 'storage_cleared' }
    },
  )

  it('keeps the session when a deploy deleted the engine chunk, and refreshes once it is there again', async () => {
    const [first] = (await openSignedIn(world)) as [Tab]
    world.app.deploy(false)
    try {
      const late = await world.openTab()
      await world.closeTab(first)
      await world.pass(2 * LIFETIME)
      expect(await askForToken(late)).toBe('engine_load_failed')
      expect(await statusOf(late)).toBe('authenticated')
      expect(refreshes(world)).toBe(0)
      world.app.deploy(true)
      // The pause after a failed attempt.
      await world.pass(10)
      expect(await askForToken(late)).toBeNull()
      expect(refreshes(world)).toBe(1)
      expect(await statusOf(late)).toBe('authenticated')
    } finally {
      world.app.deploy(true)
    }
  })
})

describe('a duplicated tab', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld('session', 4)
  })
  afterAll(() => world.close())

  it('shares one refresh with its original, and both live', async () => {
    const [original] = (await openSignedIn(world)) as [Tab]
    const copy = await world.copyTab(original)
    expect(await statusOf(copy)).toBe('authenticated')
    for (const round of [1, 2]) {
      await world.pass(2 * LIFETIME)
      expect(await Promise.all([original, copy].map(askForToken))).toEqual([null, null])
      await world.settle()
      expect(refreshes(world)).toBe(round)
    }
    const tokens = await Promise.all(
      [original, copy].map(({ page }) =>
        page.evaluate(() => (window as unknown as StormPage).auth.getAccessToken()),
      ),
    )
    expect(new Set(tokens).size).toBe(1)
    expect(world.mock.grants.list()).toHaveLength(1)
  })
})
