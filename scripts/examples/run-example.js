import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findPort } from '../../playground/demo/find-port.js'
import { buildExample, installExample } from './build-example.js'
import { serveExample } from './serve-example.js'

/**
 * What all examples share.
 *
 * @typedef {object} Stage
 * @property {string} folder a temporary one
 * @property {{ name: string, tarball: string }[]} packed
 * @property {import('@spatio-labs/mock-server').MockServer} mock
 * @property {string} issuer
 * @property {import('playwright-core').Browser} browser
 */

/** Milliseconds for a step of the person who uses the page. */
const PATIENCE = 15_000

/**
 * Installs, builds, serves and uses an example, and leaves nothing behind.
 *
 * @param {import('./example-list.js').Example} example
 * @param {Stage} stage
 * @returns {Promise<Record<'install' | 'build' | 'start' | 'drive', number>>} seconds each took
 * @throws {Error} what went wrong, and what was printed
 */
export async function runExample(
  { name, prepare, callback, drive: use, server },
  { mock, issuer, browser, ...stage },
) {
  const folder = mkdtempSync(join(stage.folder, `${name}-`))
  const port = await findPort({ asked: 0, preferred: 0, what: name })
  const url = `http://localhost:${port}`
  mock.clients.add({ client_id: name, client_name: name, redirect_uris: [url + callback] })
  try {
    const env = await prepare(folder, { clientId: name, issuer })
    const install = await time(() => installExample(folder, stage.packed))
    const build = await time(() => buildExample(folder, env))
    const start = await time(() => serveExample(folder, server, port, env))
    const drive = await time(() => visit(browser, url, use)).finally(start.value.close)
    return { install: install.seconds, build: build.seconds, start: start.seconds, drive: drive.seconds }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * As a person with an empty browser profile, for whom nothing may go wrong.
 *
 * @param {import('playwright-core').Browser} browser @param {string} url
 * @param {import('./example-list.js').Example['drive']} use
 */
async function visit(browser, url, use) {
  const context = await browser.newContext()
  context.setDefaultTimeout(PATIENCE)
  /** @type {string[]} */
  const problems = []
  context.on('weberror', (error) => problems.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`)
  })
  const page = await context.newPage()
  try {
    await use({ page, url })
    if (problems.length > 0) throw new Error('The page complains.')
  } catch (error) {
    const shown = await page.innerText('body').catch(() => '')
    throw new Error([String(error), `at ${page.url()}`, shown, ...problems].join('\n'), { cause: error })
  } finally {
    await context.close()
  }
}

/** @template T @param {() => Promise<T>} work @returns {Promise<{ value: T, seconds: number }>} */
async function time(work) {
  const startedAt = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - startedAt) / 1000 }
}
