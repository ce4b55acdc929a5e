// The part of the benchmark with what a page loads, and how long it takes.
import { measureEntry } from '../../scripts/measure-entry.js'
import { launchChromium } from '../../storm/kit/launch-chromium.js'
import { startAppServer } from '../app-server.js'
import { startAuthority, trustFlag } from '../authority.js'
import { median, readVersion, toTable, verdict } from '../document.js'
import { toPages } from '../sdk-pages.js'
import { sdks } from './sdks.js'
import { visit } from './visit.js'

/** ms between any request and its answer, the app's own files included. */
const latency = 50
const runs = 25
/** ms after which no SDK loads anything more. */
const untilRest = 2_500

/** @typedef {import('./visit.js').Load} Load */
/** @typedef {import('./visit.js').Visit} Visit */
/** @typedef {{ sdk: import('./sdks.js').Sdk, first: Load, callback: Load | null, reload: Load | null }} Row */

/** Each SDK in turn, so that a busy moment of the machine falls on all. @returns {Promise<Row[]>} */
async function measureVisits() {
  const authority = await startAuthority({}, latency)
  const app = await startAppServer(toPages(sdks), latency)
  const browser = await launchChromium([trustFlag])
  const bench = { browser, mock: authority.mock, appOrigin: app.origin }
  /** @type {Map<import('./sdks.js').Sdk, Visit[]>} */
  const visits = new Map(sdks.map((sdk) => [sdk, []]))
  /** @type {Map<import('./sdks.js').Sdk, Visit>} */
  const patient = new Map()
  // First a round that waits for what comes later; it warms the machine up, too.
  for (const sdk of sdks) patient.set(sdk, await visit(bench, sdk, untilRest))
  for (let run = 0; run < runs; run += 1)
    for (const sdk of sdks) visits.get(sdk)?.push(await visit(bench, sdk, 0))
  await browser.close()
  app.close()
  await authority.close()
  const toLoad = (/** @type {import('./sdks.js').Sdk} */ sdk, /** @type {keyof Visit} */ step) => {
    const later = patient.get(sdk)?.[step]
    const median = toMedian((visits.get(sdk) ?? []).map((found) => found[step]))
    return median && later ? { ...median, laterBytes: later.laterBytes } : null
  }
  return sdks.map((sdk) => ({
    sdk,
    first: /** @type {Load} */ (toLoad(sdk, 'first')),
    callback: toLoad(sdk, 'callback'),
    reload: toLoad(sdk, 'reload'),
  }))
}

/** @param {(Load | null)[]} loads @returns {Load | null} */
function toMedian(loads) {
  const [first] = loads
  if (!first) return null
  const keys = /** @type {(keyof Load)[]} */ (Object.keys(first))
  const entries = keys.map((key) => [key, median(loads.map((load) => load?.[key] ?? NaN))])
  return Object.fromEntries(entries)
}

/**
 * @param {Row[]} rows
 * @param {'first' | 'callback' | 'reload'} step
 * @param {(load: Load) => string[]} toMore
 * @param {string[]} head
 */
function toStepTable(rows, step, toMore, head) {
  const ours = rows[0]?.[step]
  const lines = rows.flatMap(({ sdk, [step]: load }) => {
    if (load === null) return []
    const ratio = (load.time / (ours?.time ?? NaN)).toFixed(2)
    return [[sdk.packageName, load.time.toFixed(0), ratio, ...toMore(load)]]
  })
  return toTable(['SDK', 'ms', 'beside ours', ...head], lines)
}

const bytes = (/** @type {number} */ value) => value.toLocaleString('en')

/** @param {Row[]} rows */
function toGoals(rows) {
  const [ours, ...peers] = rows
  const able = peers.filter(({ sdk }) => sdk.limit === undefined)
  const lightest = Math.min(...able.map(({ first }) => first.bytes))
  const ratio = (ours?.first.bytes ?? NaN) / lightest
  const quickest = (/** @type {'callback' | 'reload'} */ step) => {
    const times = able.map(({ [step]: load }) => load?.time ?? Infinity)
    return (ours?.[step]?.time ?? NaN) / Math.min(...times)
  }
  const { requests = NaN, depth = NaN } = ours?.callback ?? {}
  return `| goal | found | verdict |
| --- | --- | --- |
| first load at most a third of the lightest peer's bytes | ${ratio.toFixed(2)} x | ${verdict(ratio <= 1 / 3)} |
| a callback at most 3 requests to the authority, 2 deep | ${requests}, ${depth} deep | ${verdict(requests <= 3 && depth <= 2)} |
| a callback not slower than the quickest peer's | ${quickest('callback').toFixed(2)} x | ${verdict(quickest('callback') <= 1.05)} |
| a signed-in reload not slower than the quickest peer's | ${quickest('reload').toFixed(2)} x | ${verdict(quickest('reload') <= 1.05)} |
| a signed-out visit loads no engine | ${bytes(ours?.first.laterBytes ?? NaN)} bytes later | ${verdict(ours?.first.laterBytes === 0)} |`
}

/** @returns {Promise<string>} */
export async function describeLoad() {
  const rows = await measureVisits()
  const { eager: front } = await measureEntry('packages/core/dist/index.js')
  const limits = rows.flatMap(({ sdk }) => (sdk.limit ? [`${sdk.packageName} ${sdk.limit}`] : []))
  return `## Loading, signing in, loading again

Beside ${sdks
    .slice(1)
    .map(({ packageName }) => readVersion(packageName))
    .join(', ')}.

${toGoals(rows)}

One small page for each, built by Vite with everything its SDK's README says and nothing else, in an empty browser profile. Every answer of the app's server and of the authority (the mock-server) comes ${latency} ms later than it could. Files with a hash in their name may be cached, as they are deployed; the pages may not. Times are from the arrival of the page's document until the SDK says who is signed in, medians of ${runs} visits. Bytes are the gzipped scripts, the page's own and Vite's helper for \`import()\` among them.

### A first visit, signed out

${toStepTable(rows, 'first', (load) => [bytes(load.bytes), bytes(load.laterBytes)], ['bytes until then', 'later'])}

Of ours ${bytes(front)} bytes are the SDK's front, the rest is what any app has that loads something later (Vite's helper, 0.7 kB) and the page itself. In the front is what must not wait for the network: showing a session that is kept, taking a code out of the address bar, leaving for a sign-in at a click, and signing out, which has to work in a page that can load nothing more. All else comes later or not at all; a peer of one file pays for everything at once, but for no helper.

Only the first visit: ${limits.join('; ')}.

### A callback

${toStepTable(rows, 'callback', (load) => [`${load.requests}`, `${load.depth}`, bytes(load.bytes)], ['requests to the authority', 'deep', 'bytes until then'])}

Where a peer is quicker, it leaves out a request that ours does not: @axa-fr/oidc-client takes the authority's metadata from sessionStorage, where every script of the page could have put another token endpoint, auth0-spa-js has its paths built in, and neither these nor oidc-client-ts ask for the keys to verify a signature. Ours asks for the metadata anew, because the code is sent nowhere before it is known that the authority is still the one the user left for, and because the place of the keys is never taken from storage; then for code and keys at once. So it cannot be less than two answers after the other; beside them it claims the \`state\` by a lock, so that of three tabs with one callback URL one exchanges the code.

### A reload, signed in

${toStepTable(rows, 'reload', (load) => [bytes(load.bytes), bytes(load.laterBytes)], ['bytes until then', 'later'])}

Nothing is asked of the network here by anyone. Ours checks the stored record member by member and looks whether its user has signed out in another tab before it shows a session: by marks set by hand, less than 2 ms from the first read of storage to the session shown, so that a difference beyond that is the script's way into the page. Right afterwards it loads what hands out tokens, refreshes them and hears other tabs.
`
}
