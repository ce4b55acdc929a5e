// npm run bench:mock: the mock-server beside others, in one run, into docs/benchmarks-mock.md.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { startServer } from './child-server.js'
import { refresh, signIn } from './sign-in.js'

const starts = 11
const rounds = 5
const roundLength = 2_500
const concurrency = 8
const authorities = ['mock-server', 'oidc-provider', 'oauth2-mock-server']
const targets = { firstAnswer: 1.4, signIns: 3 }

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

/** Every server in turn, so that a busy moment of the machine falls on all. */
async function measureStarts() {
  /** @type {Record<string, number[]>} */
  const taken = {}
  for (let run = 0; run <= starts; run += 1) {
    for (const name of ['hono', ...authorities]) {
      const server = await startServer(name)
      await server.close()
      // The first start of each reads the files from the disk.
      if (run > 0) (taken[name] ??= []).push(server.milliseconds)
    }
  }
  return toMedians(taken)
}

/**
 * How often a second `act` gets done, by `concurrency` people at once.
 *
 * @param {() => Promise<unknown>} act
 */
async function measureRate(act) {
  let done = 0
  const startedAt = performance.now()
  const work = async () => {
    for (; performance.now() - startedAt < roundLength; done += 1) await act()
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return (done * 1000) / (performance.now() - startedAt)
}

async function measureRates() {
  /** @type {Record<string, number[]>} */
  const signIns = {}
  /** @type {Record<string, number[]>} */
  const refreshes = {}
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of authorities) {
      const { metadata, close } = await startServer(name)
      const signInRate = await measureRate(() => signIn(metadata))
      const tokens = await Promise.all(Array.from({ length: concurrency }, () => signIn(metadata)))
      const refreshRate = await measureRate(async () => {
        const token = tokens.pop() ?? ''
        tokens.unshift(await refresh(metadata, token))
      })
      await close()
      // A round to warm the machine up.
      if (round > 0) (signIns[name] ??= []).push(signInRate)
      if (round > 0) (refreshes[name] ??= []).push(refreshRate)
    }
  }
  return { signIns: toMedians(signIns), refreshes: toMedians(refreshes) }
}

/** @returns {{ refreshes: number, before: number, after: number }} */
function measureMemory() {
  const file = fileURLToPath(new URL('servers/memory.js', import.meta.url))
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', file], { encoding: 'utf8' }))
}

/** @param {Record<string, number[]>} taken @returns {Record<string, number>} */
function toMedians(taken) {
  return Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, median(values)]))
}

/** @param {string} title @param {Record<string, number>} values @param {string} base @param {number} digits */
function toTable(title, values, base, digits) {
  const rows = Object.entries(values).map(([name, value]) => {
    return `| ${name} | ${value.toFixed(digits)} | ${(value / (values[base] ?? NaN)).toFixed(2)} |`
  })
  return [`| server | ${title} | beside ${base} |`, '| --- | --: | --: |', ...rows].join('\n')
}

/** @param {string} name */
function readVersion(name) {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url)
  return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`
}

/** @param {boolean} isMet */
const verdict = (isMet) => (isMet ? 'met' : '**missed**')

const firstAnswer = await measureStarts()
const { signIns, refreshes } = await measureRates()
const memory = measureMemory()
const startRatio = (firstAnswer['mock-server'] ?? NaN) / (firstAnswer['hono'] ?? NaN)
const signInRatio = (signIns['mock-server'] ?? NaN) / (signIns['oidc-provider'] ?? NaN)
const growth = memory.after / memory.before - 1
const versions = ['hono', '@hono/node-server', 'oidc-provider', 'oauth2-mock-server'].map(readVersion)
const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1_048_576).toFixed(1)} MB`

const text = `# The mock-server beside others

Made by \`npm run bench:mock\`, all in one run. ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB: ${versions.join(', ')}.

| target | found | |
| --- | --- | --- |
| first answer within ${targets.firstAnswer} x a bare Hono server's | ${startRatio.toFixed(2)} x | ${verdict(startRatio <= targets.firstAnswer)} |
| sign-ins a second at least ${targets.signIns} x oidc-provider's | ${signInRatio.toFixed(2)} x | ${verdict(signInRatio >= targets.signIns)} |
| memory flat over ${memory.refreshes.toLocaleString('en')} refreshes | ${(growth * 100).toFixed(1)} % | ${verdict(growth < 0.05)} |

## Process start to first discovery answer

Milliseconds, median of ${starts} starts, each server in turn.

${toTable('ms', firstAnswer, 'hono', 0)}

## Sign-ins a second

Authorization request, the page and its form, token request, each by a new person; ${concurrency} at once, median of ${rounds} rounds of ${roundLength / 1000} s. oidc-provider shows one form here (its consent is given by itself); oauth2-mock-server shows none and checks neither client, redirect URI nor code.

${toTable('sign-ins/s', signIns, 'oidc-provider', 0)}

## Refreshes a second

With rotation and a new id_token each.

${toTable('refreshes/s', refreshes, 'oidc-provider', 0)}

## Memory

Heap after a garbage collection, before and after ${memory.refreshes.toLocaleString('en')} refreshes in one process, 36 s apart by its own clock, the stores filled as far as they ever fill before: ${megabytes(memory.before)}, then ${megabytes(memory.after)}.
`
const file = fileURLToPath(new URL('../docs/benchmarks-mock.md', import.meta.url))
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }))
console.log('Written: docs/benchmarks-mock.md')
process.exit(0)
