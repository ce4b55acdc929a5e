// One sign-in with one SDK under one fault, in a browser profile of its own.

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {'accepts' | 'refuses' | 'hangs' | 'not reached'} Outcome */
/** @typedef {{ outcome: Outcome, detail: string }} Cell */

/** @typedef {ReturnType<import('@spatio-labs/mock-server').MockServer['issuerFor']>} Authority */

/**
 * @typedef {object} Bench
 * @property {import('playwright-core').Browser} browser
 * @property {import('@spatio-labs/mock-server').MockServer} mock
 * @property {string} appOrigin
 */

/** Every SDK ends a request that is never answered by itself, or never: the slowest default is 3 x 10 s. */
const timeLimit = 40_000
let trials = 0

/** @param {Bench} bench @param {import('./sdks.js').Sdk} sdk @param {Row} row @returns {Promise<Cell>} */
export async function tryRow(bench, sdk, row) {
  trials += 1
  const redirectUri = `${bench.appOrigin}/${sdk.id}/callback${row.redirectQuery ?? ''}`
  const client = { client_id: 'conformance', redirect_uris: [redirectUri] }
  const mock = bench.mock.issuerFor(`trial-${trials}`, {
    autoConsent: true,
    clients: [client],
    ...row.authority,
  })
  const settings = {
    issuer: mock.issuer,
    clientId: client.client_id,
    redirectUri,
    scope: 'openid profile email',
    ...row.settings,
  }
  const context = await bench.browser.newContext()
  try {
    // The authority's pages have no use for it.
    await context.addInitScript((given) => void (window.settings = given), settings)
    const page = await context.newPage()
    return await signInUnderFault(page, `${bench.appOrigin}/${sdk.id}/`, mock, row)
  } finally {
    mock.clearFaults()
    await context.close()
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @param {Authority} mock
 * @param {Row} row
 * @returns {Promise<Cell>}
 */
async function signInUnderFault(page, url, mock, row) {
  const switchOn = () => (row.fault ? mock.fault(row.fault.name, {}, row.match) : undefined)
  let fault = row.isOnBefore ? switchOn() : undefined
  if (row.afterSignIn) {
    const first = await signIn(page, url)
    if (first.outcome !== 'accepts') return { outcome: 'not reached', detail: 'the first sign-in failed' }
    await page.evaluate(() => (localStorage.clear(), sessionStorage.clear()))
    // The authority's stay: the person is signed in there.
    await page.context().clearCookies({ domain: 'localhost' })
  }
  await row.between?.(mock)
  fault ??= switchOn()
  const cell = await signIn(page, url)
  return fault?.applied === 0 ? { ...cell, outcome: 'not reached' } : cell
}

/**
 * Loads the app, leaves it for the authority, and waits for what it makes of the answer.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} url
 * @returns {Promise<Cell>}
 */
async function signIn(page, url) {
  const options = { timeout: timeLimit, polling: 50 }
  const isSettled = () => window.report?.state === 'signed-in' || window.report?.state === 'signed-out'
  try {
    await page.goto(url)
    await page.waitForFunction(isSettled, undefined, options)
    await page.evaluate(() => window.leave())
    await page.waitForFunction(isSettled, undefined, options)
  } catch (error) {
    return { outcome: 'hangs', detail: `${page.url().split('?')[0]} ${String(error).split('\n')[0]}` }
  }
  const { state, detail } = await page.evaluate(() => window.report)
  return { outcome: state === 'signed-in' ? 'accepts' : 'refuses', detail }
}
