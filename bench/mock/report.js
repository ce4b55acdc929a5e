// The part of the benchmark with the mock-server.
import { readVersion, toTable, verdict } from '../document.js'
import {
  concurrency,
  measureMemory,
  measureRates,
  measureStarts,
  roundLength,
  rounds,
  starts,
} from './measure.js'

const targets = { firstAnswer: 1.4, signIns: 3 }

/** @param {Record<string, number>} taken */
function toStartTable(taken) {
  const rows = Object.entries(taken).map(([name, value]) => [
    name,
    value.toFixed(0),
    (value / (taken['hono'] ?? NaN)).toFixed(2),
  ])
  return toTable(['server', 'ms', 'beside hono'], rows)
}

/** @param {string} title @param {import('./measure.js').Rates} rates */
function toRateTable(title, rates) {
  const base = rates['oidc-provider']?.rate ?? NaN
  const rows = Object.entries(rates).map(([name, { rate, processorTime }]) => [
    name,
    rate.toFixed(0),
    (rate / base).toFixed(2),
    processorTime.toFixed(2),
  ])
  const head = ['server', `${title} a second`, 'beside oidc-provider', 'ms of its processor time each']
  return toTable(head, rows)
}

/** @returns {Promise<string>} */
export async function describeMock() {
  const firstAnswer = await measureStarts()
  const { signIns, refreshes } = await measureRates()
  const memory = measureMemory()
  const startRatio = (firstAnswer['mock-server'] ?? NaN) / (firstAnswer['hono'] ?? NaN)
  const signInRatio = (signIns['mock-server']?.rate ?? NaN) / (signIns['oidc-provider']?.rate ?? NaN)
  const provider = signIns['oidc-provider']?.processorTime ?? NaN
  const mock = signIns['mock-server']?.processorTime ?? NaN
  const floor = signIns['hono-unchecked']?.processorTime ?? NaN
  const growth = memory.after / memory.before - 1
  const versions = ['hono', '@hono/node-server', 'oidc-provider', 'oauth2-mock-server'].map(readVersion)
  const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1_048_576).toFixed(1)} MB`
  return `## The mock-server

Beside ${versions.join(', ')}.

| target | found | verdict |
| --- | --- | --- |
| first answer within ${targets.firstAnswer} x a bare Hono server's | ${startRatio.toFixed(2)} x | ${verdict(startRatio <= targets.firstAnswer)} |
| sign-ins a second at least ${targets.signIns} x oidc-provider's | ${signInRatio.toFixed(2)} x | ${verdict(signInRatio >= targets.signIns)} |
| memory flat over ${memory.refreshes.toLocaleString('en')} refreshes | ${(growth * 100).toFixed(1)} % | ${verdict(growth < 0.05)} |

### Process start to first discovery answer

Milliseconds, median of ${starts} starts, each server in turn. The mock is the package as it is published, which is bundled: what it reads at a start is one file, where a bare Hono server reads the files of its two packages.

${toStartTable(firstAnswer)}

### Sign-ins a second

Authorization request, the pages and their forms, token request, each by a new person; ${concurrency} at once, median of ${rounds} rounds of ${roundLength / 1000} s, each after as long to warm up. The people are a process on the same machine. oidc-provider comes with a login form and a consent form; the second row of it gives the consent by itself, so that it is one form, as at the mock. oauth2-mock-server shows none and checks neither client, redirect URI nor code.

${toRateTable('sign-ins', signIns)}

The last row is no authority: Hono, as it comes, answers a sign-in with a page, a redirect and an id_token signed with RS256, and checks and keeps nothing. It is asked three times; Spatio's way takes a request more, since its authorization endpoint sends the browser on to the consent page. That is ${floor.toFixed(2)} ms of processor time. ${targets.signIns} x oidc-provider is ${(provider / targets.signIns).toFixed(2)} ms, so ${(provider / targets.signIns - floor).toFixed(2)} ms would be left for all that makes the mock an authority: the checks, the MACs that hold page and browser together, the stages where a fault may strike, the log, the records, and pages for people. They take ${(mock - floor).toFixed(2)} ms.

### Refreshes a second

With rotation and a new id_token each: one signature and one request, at every server.

${toRateTable('refreshes', refreshes)}

### Memory

Heap after a garbage collection, before and after ${memory.refreshes.toLocaleString('en')} refreshes in one process, 36 s apart by its own clock, the stores filled as far as they ever fill before: ${megabytes(memory.before)}, then ${megabytes(memory.after)}.
`
}
