import { caseTest } from '@spatio-labs/cases'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { openDemo, type OpenDemo } from './kit/open-demo.js'

const BARE = 'test/pages/bare.html'
const TABS = 3
/** `npm run test:all` asks for 20. */
const RUNS = Number(process.env['CALLBACK_RUNS'] ?? 3)

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo({ autoConsent: true })
  demo.mock.clients.add({ client_id: 'playground', redirect_uris: [demo.url + BARE] })
})
afterEach(async () => {
  await demo.endVisits()
  expect(demo.pageErrors.splice(0)).toEqual([])
})
afterAll(() => demo.close())

/** A callback that no page has seen yet, and what the tab that asked for it keeps. */
interface Answer {
  readonly callback: string
  readonly kept: readonly [string, string][]
}

/** Signs in up to the callback, which no page loads: the tab stays where it is. */
async function stopAtCallback(storage: 'session' | 'local'): Promise<{ page: Page; answer: Answer }> {
  const options = encodeURIComponent(JSON.stringify({ storage, redirectPath: `/${BARE}` }))
  const page = await demo.visit(`${BARE}?options=${options}`)
  await page.waitForFunction(() => 'auth' in window)
  const answered = new Promise<string>((resolve) => {
    void page.route('**/oauth2/authorize?*', async (route) => {
      const { location } = (await route.fetch({ maxRedirects: 0 })).headers()
      await route.fulfill({ status: 204 })
      resolve(String(location))
    })
  })
  await page.evaluate(
    (returnTo) => void window.auth.signIn({ returnTo }).catch(() => undefined),
    demo.url + BARE,
  )
  const callback = await answered
  expect(callback).toContain(`${demo.url}${BARE}?code=`)
  const kept = await page.evaluate(() => Object.entries(sessionStorage) as [string, string][])
  return { page, answer: { callback, kept } }
}

/** A copy of the tab, as "duplicate" makes it, in a process of its own. */
async function copyTab(original: Page, { kept }: Answer): Promise<Page> {
  const copy = await original.context().newPage()
  await copy.addInitScript((items) => {
    // Only what a new tab starts with: a reload finds what the page has left there.
    if (sessionStorage.length > 0) return
    for (const [key, value] of items) sessionStorage.setItem(key, value)
  }, kept)
  return copy
}

const statusOf = (page: Page): Promise<string> =>
  page.evaluate(() => window.auth.ready().then(({ status, error }) => error?.code ?? status))

const exchanges = (): number => demo.mock.requests({ endpoint: 'token', grant: 'authorization_code' }).length

/** Opens one callback in three tabs at once. @returns the tab that is signed in, and the two others */
async function openInThreeTabs(
  storage: 'session' | 'local',
): Promise<{ winner: Page; others: Page[]; callback: string }> {
  const { page, answer } = await stopAtCallback(storage)
  const tabs = await Promise.all(Array.from({ length: TABS }, () => copyTab(page, answer)))
  demo.mock.clearRequests()
  await Promise.all(tabs.map((tab) => tab.goto(answer.callback, { waitUntil: 'commit' })))
  await Promise.all(tabs.map((tab) => tab.waitForFunction(() => 'auth' in window)))
  const shown = await Promise.all(tabs.map(statusOf))
  expect(exchanges()).toBe(1)
  for (const tab of tabs) expect(new URL(tab.url()).search).toBe('')
  const [winner, ...more] = tabs.filter((_, index) => shown[index] === 'authenticated')
  if (winner === undefined) throw new Error(`nobody is signed in: ${shown.join()}`)
  if (storage === 'session') expect(more).toEqual([])
  return { winner, others: tabs.filter((tab) => tab !== winner), callback: answer.callback }
}

caseTest(
  'CB-25',
  `exchanges the code of a callback in three tabs once, ${RUNS} times of ${RUNS}`,
  async () => {
    for (let run = 0; run < RUNS; run++) {
      const { winner, others } = await openInThreeTabs('session')
      expect(await Promise.all(others.map(statusOf))).toEqual(['state_mismatch', 'state_mismatch'])
      await winner.context().close()
    }
    return { kind: 'accept' }
  },
  { timeout: 10_000 + RUNS * 10_000 },
)

caseTest(
  'CB-22',
  'keeps the session in all three tabs when one of them loads the used callback again',
  async () => {
    const { winner, others, callback } = await openInThreeTabs('local')
    // The session is one for all tabs: those that came too late hear of it.
    for (const tab of others) await tab.waitForFunction(() => window.auth.getSnapshot().isAuthenticated)
    await winner.goto(callback)
    expect(await statusOf(winner)).toBe('authenticated')
    expect(new URL(winner.url()).search).toBe('')
    for (const tab of others)
      expect(await tab.evaluate(() => window.auth.getSnapshot().isAuthenticated)).toBe(true)
    expect(exchanges()).toBe(1)
    return { kind: 'keep' }
  },
)
