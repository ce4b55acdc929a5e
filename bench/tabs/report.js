// The part of the benchmark with many tabs.
import { median, readVersion, toTable } from '../document.js'
import {
  LIFETIME,
  measureCallRates,
  measureHeaps,
  measureWake,
  openBench,
  refreshes,
  rounds,
  roundLength,
  runs,
  subjects,
  tabCounts,
} from './measure.js'

/** Seconds for which a lenient authority takes a refresh token that was used. */
const grace = 10

/** @typedef {import('./measure.js').Wake} Wake */
/** @typedef {Record<string, Wake[][]>} Wakes By client, then by the number of tabs, one for each run. */

/** @param {number} refreshGrace @returns {Promise<Wakes>} */
async function measureWakes(refreshGrace) {
  /** @type {Wakes} */
  const wakes = {}
  for (const subject of subjects) {
    const bench = await openBench(subject, refreshGrace)
    const byCount = []
    for (const count of tabCounts) {
      const ofCount = []
      for (let run = 0; run < runs; run += 1) ofCount.push(await measureWake(bench, subject, count))
      byCount.push(ofCount)
    }
    wakes[subject.name] = byCount
    await bench.close()
    console.log(`measured: ${subject.name}`)
  }
  return wakes
}

/** @param {Wakes} wakes @param {(wake: Wake) => number} pick */
function toWakeTable(wakes, pick) {
  const rows = Object.entries(wakes).map(([name, byCount]) => [
    name,
    ...byCount.map((ofCount) => toCell(ofCount.map(pick))),
  ])
  return toTable(['client', ...tabCounts.map((count) => (count === 1 ? '1 tab' : `${count} tabs`))], rows)
}

/** The median, and the range where the runs differ. @param {number[]} values */
function toCell(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return least === most ? `${least}` : `${median(values)} (${least} to ${most})`
}

/** @param {Record<string, number[]>} rates */
function toRateTable(rates) {
  const base = median(rates['auth0-spa-js'] ?? [])
  const rows = Object.entries(rates).map(([name, values]) => {
    const rate = median(values)
    return [name, Math.round(rate).toLocaleString('en'), (rate / base).toFixed(2)]
  })
  return toTable(['client', 'calls a second', 'beside auth0-spa-js'], rows)
}

/** What the tabs without a token were told. @param {Wakes} wakes */
function describeErrors(wakes) {
  const lines = Object.entries(wakes).map(([name, byCount]) => {
    const errors = new Set(byCount.flat().flatMap((wake) => wake.errors))
    return errors.size === 0 ? [] : [`${name}: ${[...errors].map((error) => `\`${error}\``).join(', ')}`]
  })
  return lines.flat().join('; ') || 'nobody was refused'
}

/** How many refresh requests of the most tabs there are for one of ours. @param {Wakes} wakes */
function describeRatios(wakes) {
  const requests = (/** @type {string} */ name) =>
    median((wakes[name]?.at(-1) ?? []).map((wake) => wake.requests))
  const ours = requests('ours, `local`')
  return ['auth0-spa-js', 'oidc-client-ts']
    .map((name) => `${name} ${(requests(name) / ours).toFixed(1)} x`)
    .join(', ')
}

/** @param {Record<string, import('./measure.js').Heap>} heaps */
function toHeapTable(heaps) {
  const kilobytes = (/** @type {number} */ bytes) => Math.round(bytes / 1024).toLocaleString('en')
  const rows = Object.entries(heaps).map(([name, { before, after }]) => {
    const growth = ((after - before) / refreshes).toFixed(0)
    return [name, kilobytes(before), kilobytes(after), growth]
  })
  return toTable(['client', `kB after ${refreshes / 10}`, `after ${refreshes} more`, 'bytes each'], rows)
}

/** @returns {Promise<string>} */
export async function describeTabs() {
  const strict = await measureWakes(0)
  const lenient = await measureWakes(grace)
  const heaps = await measureHeaps()
  const rates = await measureCallRates()
  const versions = ['@auth0/auth0-spa-js', 'oidc-client-ts'].map(readVersion)
  return `## Many tabs

Beside ${versions.join(' and ')}. The tabs are pages of one browser profile on one origin, the authority is the mock-server, and every run starts signed out. Each client is set up as its README says: auth0-spa-js with \`useRefreshTokens\` and its cache in localStorage, oidc-client-ts with \`automaticSilentRenew\` and its users in localStorage. The paths that auth0-spa-js has built in lead to the mock's by an alias in \`bench/authority.js\`.

### Tabs that wake with an expired access token

Somebody signs in, the tabs are open, everybody's clock jumps ${(2 * LIFETIME) / 3600} hours (the token lives ${LIFETIME / 3600}), and all tabs wake at the same moment: what the first of them ask is held until the last is awake, as for tabs that one computer wakes. Then each app wants a token for its API. Median of ${runs} runs, the range where they differ.

With \`session\` every tab is a session of its own, signed in by itself, so that there is one refresh each.

#### A strict authority

A refresh token is good once, and a second use ends its whole family (OAuth 2.1 4.3.1); so the mock comes. Refresh requests at the authority:

${toWakeTable(strict, (wake) => wake.requests)}

For one of ours with ${tabCounts.at(-1)} tabs: ${describeRatios(strict)}.

Tabs whose token the authority takes afterwards:

${toWakeTable(strict, (wake) => wake.usable)}

Tabs that show nobody signed in afterwards:

${toWakeTable(strict, (wake) => wake.signedOut)}

What tabs without a token were told: ${describeErrors(strict)}.

Why they differ: oidc-client-ts renews in every tab for itself, and the second use of the refresh token ends the session of all. auth0-spa-js refreshes inside a Web Lock and looks into its cache again there; but in Chromium localStorage is not ordered with Web Locks, so that the look may find what was there before, and a used token is sent after all. Ours tells what is stored by the name of a shared lock, and the next holder waits until storage has it (decision 0003). A tab without a token that shows somebody signed in has a user whose session the authority has ended.

#### An authority with ${grace} seconds of grace

A used refresh token still yields its successor for a while. Refresh requests:

${toWakeTable(lenient, (wake) => wake.requests)}

Tabs whose token the authority takes afterwards:

${toWakeTable(lenient, (wake) => wake.usable)}

What tabs without a token were told: ${describeErrors(lenient)}.

### Calls on a token that is good

\`getAccessToken()\` of ours, \`getTokenSilently()\` of auth0-spa-js, \`getUser()\` of oidc-client-ts, one after the other in one tab; median of ${rounds} rounds of ${roundLength / 1000} s, each client in turn.

${toRateTable(rates)}

With \`session\` and \`memory\` the session is in the page. With \`local\` every call looks at the record that all tabs share, so that a tab which slept through a sign-out hands out nothing; it is parsed only when it has changed.

### Memory of an idle page after many refreshes

The heap after a garbage collection, ${refreshes.toLocaleString('en')} refreshes apart. By a snapshot made by hand, what grows is compiled code and what the browser's own inspector keeps of each request; no object of ours is among it.

${toHeapTable(heaps)}
`
}
