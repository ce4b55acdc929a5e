import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'

const manifest = createRequire(import.meta.url).resolve('svelte-check/package.json')
const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> }
const svelteCheck = join(dirname(manifest), bin['svelte-check'] ?? '')

/** `narrowing.svelte:8 message`, of every error. */
let errors: string[] = []

beforeAll(async () => {
  const workspace = join(import.meta.dirname, 'narrowing')
  const args = [
    '--workspace',
    workspace,
    '--tsconfig',
    join(workspace, 'tsconfig.json'),
    '--output',
    'machine',
  ]
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [svelteCheck, ...args], (_, stdout, stderr) => resolve(stdout + stderr))
  })
  errors = [...output.matchAll(/ERROR "([^"]+)" (\d+):\d+ "(.*)"/g)].map(([, file, line, text]) => {
    return `${file}:${line} ${text}`
  })
  if (!output.includes('COMPLETED')) throw new Error(output)
}, 120_000)

it('markup narrows the state, as a store and by its getters, and knows the claims of the app', () => {
  expect(errors.filter((error) => !error.startsWith('mistakes.svelte'))).toEqual([])
})

it('markup that does not narrow, or names an unknown claim, is an error', () => {
  expect(errors).toEqual([
    expect.stringMatching(/^mistakes\.svelte:7 .*possibly 'null'/),
    expect.stringMatching(/^mistakes\.svelte:9 .*'rank' does not exist/),
  ])
})
