import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBundle } from '../build-bundle.js'
import manifest from '../package.json' with { type: 'json' }
import type * as index from '../src/index.js'

// Below the package, where msw and vite are found as they are beside an installed one.
const parent = fileURLToPath(new URL('../.cache/', import.meta.url))
let folder = ''

beforeAll(async () => {
  await mkdir(parent, { recursive: true })
  folder = `${await mkdtemp(`${parent}bundle-test-`)}/`
  await buildBundle(folder)
})

afterAll(() => rm(folder, { recursive: true }))

const entries = Object.entries(manifest.publishConfig.exports).flatMap(([name, entry]) =>
  typeof entry === 'string' ? [] : [{ name, file: entry.default.replace('./dist/bundle/', '') }],
)
const sources: Record<string, () => Promise<object>> = {
  '.': () => import('../src/index.js'),
  './state': () => import('../src/state/parse-mock-state.js'),
  './msw': () => import('../src/msw/msw-handlers.js'),
  './vite': () => import('../src/vite/vite-plugin.js'),
  './service-worker': () => import('../src/service-worker/serve-mock.js'),
  './service-worker/register': () => import('../src/service-worker/register-mock-service-worker.js'),
}

test.each(entries)('exports from the published $name what its source exports', async ({ name, file }) => {
  const source = await sources[name]?.()
  const published = (await import(pathToFileURL(folder + file).href)) as object
  expect(Object.keys(published).sort()).toEqual(Object.keys(source ?? {}).sort())
})

test('answers discovery from the published bundle', async () => {
  const published = (await import(pathToFileURL(`${folder}index.js`).href)) as typeof index
  const mock = published.createMockServer()
  const answer = await mock.fetch(new Request(`${mock.issuer}/.well-known/openid-configuration`))
  expect(await answer.json()).toMatchObject({ issuer: mock.issuer })
})

test('runs the published command', () => {
  const { stdout } = spawnSync(process.execPath, [`${folder}cli.js`, '--help'], { encoding: 'utf8' })
  expect(stdout).toMatch(/^spatio-mock-server/)
})

test('names the licence of everything the bundle holds', async () => {
  const licenses = await readFile(`${folder}licenses.md`, 'utf8')
  expect(licenses).toMatch(/## hono - [\d.]+ \(MIT\)/)
  expect(licenses).toMatch(/## jose - [\d.]+ \(MIT\)/)
})
