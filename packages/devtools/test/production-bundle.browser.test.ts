import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, afterEach, expect, it, vi } from 'vitest'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
// Inside the package, so that its own name is found as an app finds it. Among the browser tests, since those come after the
// build: an app gets what was built.
const cache = join(PACKAGE, '.cache')
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'bundle-'))

afterEach(() => vi.unstubAllEnvs())
afterAll(() => rmSync(folder, { recursive: true }))

/** An app that mounts the devtools, as Vite builds it. @returns all of its code, and how many files that is */
async function buildApp(entry: string, mode: 'production' | 'development') {
  vi.stubEnv('NODE_ENV', mode)
  const main = join(folder, 'main.js')
  writeFileSync(
    main,
    `import { mountSpatioDevtools } from '${entry}'\nmountSpatioDevtools(globalThis.auth)\n`,
  )
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    mode,
    build: { write: false, rolldownOptions: { input: main } },
  })
  const [{ output } = { output: [] }] = [result].flat() as { output: { code?: string }[] }[]
  const code = output.map((file) => file.code ?? '')
  return { code: code.join('\n'), files: code.length }
}

it('a production build holds nothing of the devtools', async () => {
  const { code, files } = await buildApp('@spatio-labs/auth-devtools', 'production')
  expect(files).toBe(1)
  expect(code).not.toMatch(/spatio-auth-devtools|Time-line|sessionStorage/)
  expect(code.length).toBeLessThan(200)
})

it.each([
  ['@spatio-labs/auth-devtools', 'development'],
  ['@spatio-labs/auth-devtools/production', 'production'],
] as const)('%s in %s has them, the panel in a chunk of its own', async (entry, mode) => {
  const { code, files } = await buildApp(entry, mode)
  expect(files).toBeGreaterThan(1)
  expect(code).toContain('Time-line')
})
