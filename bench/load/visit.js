// One visit with one SDK: signed out, then a sign-in, then a reload, as the browser itself timed them.

/**
 * @typedef {object} Bench
 * @property {import('playwright-core').Browser} browser
 * @property {import('@spatio-labs/mock-server').MockServer} mock
 * @property {string} appOrigin
 */

/**
 * @typedef {object} Load what a page needed until it knew who is signed in
 * @property {number} time ms since its document arrived
 * @property {number} bytes of scripts, gzipped
 * @property {number} laterBytes of scripts that came after that, as far as the visitor waited
 * @property {number} requests to the authority
 * @property {number} depth how many of these waited for each other
 */

/** @typedef {{ first: Load, callback: Load | null, reload: Load | null }} Visit */

let visits = 0

/**
 * @param {Bench} bench
 * @param {import('./sdks.js').Sdk} sdk
 * @param {number} patience ms that the visitor stays on each page
 * @returns {Promise<Visit>}
 */
export async function visit(bench, { id, limit }, patience) {
  visits += 1
  const redirectUri = `${bench.appOrigin}/${id}/callback`
  const client = { client_id: 'load', redirect_uris: [redirectUri] }
  const mock = bench.mock.issuerFor(`visit-${visits}`, {
    autoConsent: true,
    clients: [client],
    // Some ask for it, whatever they are told.
    additionalScopes: { offline_access: 'Stay signed in' },
  })
  const settings = {
    issuer: mock.issuer,
    clientId: client.client_id,
    redirectUri,
    scope: 'openid profile email',
    isSessionKept: true,
  }
  const context = await bench.browser.newContext()
  try {
    await context.addInitScript((given) => void (window.settings = given), settings)
    const page = await context.newPage()
    const read = (/** @type {'signed-in' | 'signed-out'} */ state) =>
      readLoad(page, state, mock.issuer, patience)
    await page.goto(`${bench.appOrigin}/${id}/`)
    const first = await read('signed-out')
    if (limit !== undefined) return { first, callback: null, reload: null }
    const back = page.waitForURL((url) => url.pathname === `/${id}/callback`, { waitUntil: 'commit' })
    await page.evaluate(() => window.leave())
    await back
    const callback = await read('signed-in')
    await page.goto(`${bench.appOrigin}/${id}/`)
    return { first, callback, reload: await read('signed-in') }
  } finally {
    await context.close()
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {'signed-in' | 'signed-out'} state
 * @param {string} issuer
 * @param {number} patience
 * @returns {Promise<Load>}
 */
async function readLoad(page, state, issuer, patience) {
  await page.waitForFunction(() => /^signed/.test(window.report?.state ?? ''), undefined, { timeout: 20_000 })
  await page.waitForTimeout(patience)
  const found = await page.evaluate(readTimings)
  if (found.state !== state) throw new Error(`${page.url()} is ${found.state}: ${found.detail}`)
  const scripts = found.entries.filter(({ name }) => name.endsWith('.js'))
  const isEarly = (/** @type {Timing} */ { end }) => end <= found.at
  const sizeOf = (/** @type {Timing[]} */ timings) => timings.reduce((sum, { bytes }) => sum + bytes, 0)
  const asked = found.entries.filter((entry) => entry.name.startsWith(issuer) && isEarly(entry))
  return {
    time: found.at - found.arrivedAt,
    bytes: sizeOf(scripts.filter((entry) => isEarly(entry))),
    laterBytes: sizeOf(scripts.filter((entry) => !isEarly(entry))),
    requests: asked.length,
    depth: depthOf(asked),
  }
}

/** @typedef {{ name: string, start: number, end: number, bytes: number }} Timing */

/** In the page. */
function readTimings() {
  const entries = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'))
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (
    performance.getEntriesByType('navigation')
  )
  return {
    ...window.report,
    arrivedAt: navigation?.responseStart ?? NaN,
    entries: entries.map(({ name, startTime, responseEnd, encodedBodySize }) => ({
      name,
      start: startTime,
      end: responseEnd,
      bytes: encodedBodySize,
    })),
  }
}

/** The longest chain of requests of which each began when the one before had ended. @param {Timing[]} timings */
function depthOf(timings) {
  const sorted = [...timings].sort((a, b) => a.start - b.start)
  /** @type {number[]} */
  const depths = []
  for (const { start } of sorted)
    depths.push(1 + Math.max(0, ...depths.filter((_, index) => (sorted[index]?.end ?? Infinity) <= start)))
  return Math.max(0, ...depths)
}
