// The mock-server and other servers, each a process of its own.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from '../document.js'
import { startServer } from './child-server.js'
import { refresh, signIn } from './sign-in.js'

export const starts = 11
export const rounds = 5
/** Milliseconds. */
export const roundLength = 2_500
export const concurrency = 8
const servers = [
  'mock-server',
  'oidc-provider',
  'oidc-provider-one-form',
  'oauth2-mock-server',
  'hono-unchecked',
]

/** @typedef {Record<string, { rate: number, processorTime: number }>} Rates per second, and milliseconds each */

/** Milliseconds. Every server in turn, so that a busy moment of the machine falls on all. */
export async function measureStarts() {
  /** @type {Record<string, number[]>} */
  const taken = {}
  for (let run = 0; run <= starts; run += 1) {
    for (const name of ['hono', 'mock-server', 'oidc-provider', 'oauth2-mock-server']) {
      const server = await startServer(name)
      await server.close()
      // The first start of each reads the files from the disk.
      if (run > 0) (taken[name] ??= []).push(server.milliseconds)
    }
  }
  return Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, median(values)]))
}

/** @returns {Promise<{ signIns: Rates, refreshes: Rates }>} */
export async function measureRates() {
  /** @type {Record<string, { rate: number, processorTime: number }[]>} */
  const signIns = {}
  /** @type {Record<string, { rate: number, processorTime: number }[]>} */
  const refreshes = {}
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of servers) {
      const server = await startServer(name)
      const begin = () => signIn(server.metadata)
      // Until the server's code is compiled.
      await measureRate(server, begin)
      const signInRate = await measureRate(server, begin)
      const tokens = await Promise.all(Array.from({ length: concurrency }, () => signIn(server.metadata)))
      const refreshRate = await measureRate(server, async () => {
        const token = tokens.pop() ?? ''
        tokens.unshift(await refresh(server.metadata, token))
      })
      await server.close()
      // A round to warm the machine up.
      if (round > 0) (signIns[name] ??= []).push(signInRate)
      if (round > 0) (refreshes[name] ??= []).push(refreshRate)
    }
  }
  return { signIns: toMedians(signIns), refreshes: toMedians(refreshes) }
}

/**
 * How often a second `act` gets done, by `concurrency` people at once, and what each takes of the server.
 *
 * @param {Awaited<ReturnType<typeof startServer>>} server
 * @param {() => Promise<unknown>} act
 */
async function measureRate(server, act) {
  let done = 0
  const processorTimeBefore = await server.processorTime()
  const startedAt = performance.now()
  const work = async () => {
    for (; performance.now() - startedAt < roundLength; done += 1) await act()
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  const rate = (done * 1_000) / (performance.now() - startedAt)
  return { rate, processorTime: ((await server.processorTime()) - processorTimeBefore) / done }
}

/** @returns {{ refreshes: number, before: number, after: number }} */
export function measureMemory() {
  const file = fileURLToPath(new URL('servers/memory.js', import.meta.url))
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', file], { encoding: 'utf8' }))
}

/** @param {Record<string, { rate: number, processorTime: number }[]>} taken @returns {Rates} */
function toMedians(taken) {
  const entries = Object.entries(taken).map(([name, values]) => {
    const rate = median(values.map((value) => value.rate))
    return [name, { rate, processorTime: median(values.map((value) => value.processorTime)) }]
  })
  return Object.fromEntries(entries)
}
