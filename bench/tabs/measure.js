// Tabs of one browser profile, with our client and with others.
import { launchChromium } from '../../storm/kit/launch-chromium.js'
import { startApp } from '../../storm/kit/app-server.js'
import { startAuthority, trustFlag } from '../authority.js'

const CLIENT_ID = 'bench'
/** Seconds an access token lives. */
export const LIFETIME = 3600
export const tabCounts = [1, 5, 10, 20]
export const runs = 3
export const rounds = 5
/** Milliseconds. */
export const roundLength = 500
export const refreshes = 1_000
/** How long no token must be asked for before the tabs count as at rest (ms). */
const quiet = 300

/** @typedef {{ name: string, library: string, storage: string }} Subject */
/** @type {Subject[]} */
export const subjects = [
  { name: 'ours, `local`', library: 'ours', storage: 'local' },
  { name: 'ours, `session`', library: 'ours', storage: 'session' },
  { name: 'auth0-spa-js', library: 'auth0-spa-js', storage: 'local' },
  { name: 'oidc-client-ts', library: 'oidc-client-ts', storage: 'local' },
]
/** Those of which only the rate differs from the others. @type {Subject[]} */
const inMemory = [{ name: 'ours, `memory`', library: 'ours', storage: 'memory' }]

/** @typedef {{ requests: number, usable: number, signedOut: number, errors: string[] }} Wake */
/** @typedef {import('playwright-core').Page} Page */

/**
 * Opens the page of one library; every wake starts with an empty browser profile.
 *
 * @param {Subject} subject
 * @param {number} refreshGrace Seconds a used refresh token still yields its successor.
 */
export async function openBench({ library, storage }, refreshGrace) {
  /** @type {Awaited<ReturnType<typeof startAuthority>>} */
  let authority
  const app = await startApp({
    root: new URL('clients/', import.meta.url),
    settings: () => {
      return { library, issuer: authority.mock.issuer, clientId: CLIENT_ID, storage }
    },
    now: () => authority.mock.clock.now(),
  })
  authority = await startAuthority({
    autoConsent: true,
    accessTokenLifetime: LIFETIME,
    refreshGrace,
    additionalScopes: { offline_access: 'Stay signed in' },
    clients: [{ client_id: CLIENT_ID, client_name: 'Bench', redirect_uris: [app.url] }],
  })
  const browser = await launchChromium([trustFlag])
  return {
    mock: authority.mock,
    openContext: () => browser.newContext(),
    /** @param {import('playwright-core').BrowserContext} context */
    openTab: async (context) => {
      const page = await context.newPage()
      await page.goto(app.url)
      await waitForClient(page)
      return page
    },
    close: async () => {
      await browser.close()
      await app.close()
      await authority.close()
    },
  }
}

/** @typedef {Awaited<ReturnType<typeof openBench>>} Bench */

/**
 * Tabs that slept until their access token had expired, and wake at the same moment.
 *
 * @param {Bench} bench
 * @param {Subject} subject
 * @param {number} count of tabs
 * @returns {Promise<Wake>}
 */
export async function measureWake(bench, { storage }, count) {
  const { mock } = bench
  const context = await bench.openContext()
  await context.clock.install({ time: mock.clock.now() })
  const gate = await openGate(context)
  /** @type {Page[]} */
  const tabs = []
  while (tabs.length < count) {
    const page = await bench.openTab(context)
    if (tabs.length === 0 || storage === 'session') await signIn(page)
    await requireSignedIn(page)
    tabs.push(page)
  }
  mock.clearRequests()
  const open = gate.shut()
  mock.clock.advance(2 * LIFETIME * 1_000)
  await context.clock.fastForward(2 * LIFETIME * 1_000)
  open()
  const answers = await Promise.all(tabs.map(getToken))
  await gate.settle()
  const tokens = answers.map(({ token }) => token)
  const usable = await Promise.all(tokens.map((token) => isHonoured(mock, token)))
  const signedIn = await Promise.all(tabs.map(isSignedIn))
  const requests = mock.requests({ endpoint: 'token', grant: 'refresh_token' }).length
  await context.close()
  return {
    requests,
    usable: usable.filter(Boolean).length,
    signedOut: signedIn.filter((isIn) => !isIn).length,
    errors: answers.flatMap(({ error }) => (error === null ? [] : [error])),
  }
}

/** @typedef {{ before: number, after: number }} Heap bytes */

/** The heap of a page that is left alone after so many refreshes, and after a tenth of them. @returns {Promise<Record<string, Heap>>} */
export async function measureHeaps() {
  /** @type {Record<string, Heap>} */
  const heaps = {}
  for (const subject of subjects) {
    const bench = await openBench(subject, 0)
    const page = await bench.openTab(await bench.openContext())
    await signIn(page)
    const before = await readHeap(page, refreshes / 10)
    heaps[subject.name] = { before, after: await readHeap(page, refreshes) }
    await bench.close()
  }
  return heaps
}

/** @param {Page} page @param {number} count of refreshes before */
async function readHeap(page, count) {
  await page.evaluate(async (times) => {
    for (let done = 0; done < times; done += 1) await window.bench.refresh()
  }, count)
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

/** Calls per second on a token that is good, each library in turn. @returns {Promise<Record<string, number[]>>} */
export async function measureCallRates() {
  /** @type {Record<string, number[]>} */
  const rates = {}
  const opened = []
  for (const subject of [...subjects, ...inMemory]) {
    const bench = await openBench(subject, 0)
    const page = await bench.openTab(await bench.openContext())
    await signIn(page)
    opened.push({ subject, bench, page })
  }
  for (let round = 0; round <= rounds; round += 1) {
    for (const { subject, page } of opened) {
      await page.bringToFront()
      const rate = await page.evaluate((length) => window.bench.measureRate(length), roundLength)
      // A round to warm the machine up.
      if (round > 0) (rates[subject.name] ??= []).push(rate)
    }
  }
  for (const { bench } of opened) await bench.close()
  return rates
}

/**
 * Clocks jump page by page, those of real tabs all at once: what the first pages ask waits until the last has woken.
 *
 * @param {import('playwright-core').BrowserContext} context
 */
async function openGate(context) {
  let isOpen = Promise.resolve()
  let lastAt = Date.now()
  let pending = 0
  await context.route(/\/(oauth2|oauth)\/token$/, async (route) => {
    pending += 1
    await isOpen
    await route.continue()
  })
  const end = () => {
    pending -= 1
    lastAt = Date.now()
  }
  const isToken = (/** @type {import('playwright-core').Request} */ request) =>
    /\/token$/.test(request.url()) && request.method() === 'POST'
  context.on('requestfinished', (request) => isToken(request) && end())
  context.on('requestfailed', (request) => isToken(request) && end())
  return {
    shut: () => {
      /** @type {() => void} */
      let open = () => undefined
      isOpen = new Promise((resolve) => (open = () => resolve(undefined)))
      return open
    },
    /** Nothing has been asked for a while. */
    settle: async () => {
      while (pending > 0 || Date.now() - lastAt < quiet)
        await new Promise((resolve) => setTimeout(resolve, 50))
    },
  }
}

/** @param {Page} page */
function waitForClient(page) {
  return page.waitForFunction(() => 'bench' in window)
}

/** @param {Page} page */
async function signIn(page) {
  const back = page.waitForURL((url) => url.searchParams.has('code'), { waitUntil: 'commit' })
  await page.evaluate(() => window.bench.signIn())
  await back
  await waitForClient(page)
}

/** @param {Page} page @returns {Promise<{ token: string | null, error: string | null }>} */
function getToken(page) {
  return page.evaluate(() =>
    window.bench.getToken().then(
      (token) => ({ token, error: null }),
      (error) => ({ token: null, error: String(error.error ?? error.code ?? error.message) }),
    ),
  )
}

/** @param {Page} page @returns {Promise<boolean>} */
function isSignedIn(page) {
  return page.evaluate(() => window.bench.isSignedIn())
}

/** @param {Page} page */
async function requireSignedIn(page) {
  if (!(await isSignedIn(page))) throw new Error('A tab was not signed in before it slept')
}

/** Whether the authority takes the token. @param {import('@spatio-labs/mock-server').MockServer} mock @param {string | null} token */
async function isHonoured(mock, token) {
  if (token === null) return false
  const headers = { authorization: `Bearer ${token}` }
  const { status } = await mock.fetch(new Request(`${mock.issuer}/oauth2/userinfo`, { headers }))
  return status === 200
}
