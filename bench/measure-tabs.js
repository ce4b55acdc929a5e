// What docs/benchmarks-tabs.md says, measured in one run.
import { launchChromium } from '../storm/kit/launch-chromium.js'
import { startApp } from '../storm/kit/app-server.js'
import { CLIENT_ID, LIFETIME, startAuthority } from './authority.js'

export const tabCounts = [1, 5, 10, 20]
export const runs = 3
export const rounds = 5
/** Milliseconds. */
export const roundLength = 500
/** How long no token must be asked for before the tabs count as at rest (ms). */
const quiet = 300

/** @typedef {{ name: string, library: string, storage: string, isAliased?: boolean }} Subject */
/** @type {Subject[]} */
export const subjects = [
  { name: 'ours, `local`', library: 'ours', storage: 'local' },
  { name: 'ours, `session`', library: 'ours', storage: 'session' },
  { name: 'auth0-spa-js', library: 'auth0-spa-js', storage: 'local', isAliased: true },
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
export async function openBench({ library, storage, isAliased = false }, refreshGrace) {
  /** @type {import('./authority.js').Authority} */
  let authority
  const app = await startApp({
    root: new URL('clients/', import.meta.url),
    settings: () => {
      const { mock, domain } = authority
      return { library, issuer: mock.issuer, domain, clientId: CLIENT_ID, storage }
    },
    now: () => authority.mock.clock.now(),
  })
  authority = await startAuthority({ redirectUri: app.url, refreshGrace, isAliased })
  const browser = await launchChromium()
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

/** @returns {Promise<string>} */
export async function findBrowserVersion() {
  const browser = await launchChromium()
  const version = browser.version()
  await browser.close()
  return version
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
