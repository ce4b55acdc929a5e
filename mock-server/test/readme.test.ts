import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { SetupServerApi } from 'msw/node'
import { createServer, type UserConfig } from 'vite'
import { afterAll, afterEach, expect, it, onTestFinished } from 'vitest'
import type { Listener, MockServer } from '../src/index.js'
import { closeRuns, run } from './support/cli-run.js'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const readme = readFileSync(here('../README.md'), 'utf8')
// Below the package, so that what a block imports is found.
const cache = here('../.cache/')
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'readme-'))

afterAll(() => rmSync(folder, { recursive: true }))
afterEach(closeRuns)

/** Runs a block of the README, which is named by its first line; what it declares is exported for the test. */
async function runBlock(name: string, ...exported: readonly string[]): Promise<Record<string, unknown>> {
  const block = new RegExp(`\`\`\`ts\\n// ${name.replaceAll('.', '\\.')}\\n([\\s\\S]*?)\`\`\``).exec(
    readme,
  )?.[1]
  if (block === undefined) throw new Error(`The README has no block ${name}`)
  const path = join(folder, name)
  // The port of the example may be somebody's.
  const code = block.replace('port: 4400', 'port: 0')
  writeFileSync(path, exported.length === 0 ? code : `${code}\nexport { ${exported.join(', ')} }\n`)
  return (await import(pathToFileURL(path).href)) as Record<string, unknown>
}

// It is a test itself, which is registered here.
await runBlock('sign-in.test.ts')

it('the port of the README answers at the URL it tells', async () => {
  const { mock, url, close } = (await runBlock('port.ts', 'mock', 'url', 'close')) as unknown as Listener & {
    mock: MockServer
  }
  const discovery = await fetch(`${url}/.well-known/openid-configuration`)
  expect(await discovery.json()).toMatchObject({ issuer: mock.issuer })
  await close()
})

it('the Vite config of the README mounts the mock below the app', async () => {
  const { default: config } = (await runBlock('vite.config.ts')) as { default: UserConfig }
  const server = await createServer({
    ...config,
    root: folder,
    configFile: false,
    logLevel: 'silent',
    server: { port: 0, ws: false },
  })
  onTestFinished(() => server.close())
  await server.listen()
  const issuer = `${server.resolvedUrls?.local[0] ?? ''}__spatio`
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`)
  expect(await discovery.json()).toMatchObject({ issuer })
})

it('the MSW handlers of the README answer for the issuer', async () => {
  const { server } = (await runBlock('msw.ts', 'server')) as { server: SetupServerApi }
  const discovery = await fetch('https://api.spatio.app/.well-known/openid-configuration')
  expect(await discovery.json()).toMatchObject({ issuer: 'https://api.spatio.app' })
  server.close()
})

it('every command of the README starts', async () => {
  writeFileSync(join(folder, 'mock.json'), '{}')
  const files: Record<string, string> = {
    'demo.json': join(folder, 'demo.json'),
    'mock.json': join(folder, 'mock.json'),
    'key.pem': here('./support/localhost-do-not-trust.key.pem'),
    'cert.pem': here('./support/localhost-do-not-trust.cert.pem'),
  }
  const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text)
  const commands = [...blocks.join('').matchAll(/^spatio-mock-server (.*?) *(?:#.*)?$/gm)]
  expect(commands.length).toBeGreaterThan(3)
  for (const [, text = ''] of commands) {
    const args = text.split(' ').map((arg) => files[arg] ?? arg)
    const { listener, text: written } = await run([...args, '--port', '0'])
    expect([text, written.error, listener?.url]).toEqual([text, '', expect.stringMatching(/^https?:/)])
  }
})
