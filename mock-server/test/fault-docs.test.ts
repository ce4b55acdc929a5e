import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runCli } from '../src/cli/run-cli.js'
import { faults, scenarios } from '../src/index.js'

async function run(...args: string[]): Promise<{ out: string; error: string; run: object }> {
  const text = { out: '', error: '' }
  const result = await runCli(['faults', ...args], {
    out: (chunk) => (text.out += chunk),
    error: (chunk) => (text.error += chunk),
  })
  return { ...text, run: result }
}

it('docs/faults.md is the catalogue as it is now (npm run docs:faults)', async () => {
  const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8')
  expect(page).toBe((await run('--markdown')).out)
  for (const { name } of [...faults, ...scenarios]) expect(page).toContain(`| \`${name}\` |`)
})

it('the command lists every fault and scenario, as text and as JSON', async () => {
  const { out, run: result } = await run()
  expect(result).toEqual({ exitCode: 0 })
  expect(out.trimEnd().split('\n')).toHaveLength(faults.length + scenarios.length)
  const data = JSON.parse((await run('--json')).out) as { faults: object[]; scenarios: object[] }
  expect(data.faults).toEqual(JSON.parse(JSON.stringify(faults)))
  expect(data.scenarios).toHaveLength(scenarios.length)
})

it('the command refuses another format', async () => {
  for (const args of [['--yaml'], ['--json', '--markdown']]) {
    const { error, run: result } = await run(...args)
    expect(error).toContain('faults takes --json or --markdown')
    expect(result).toEqual({ exitCode: 1 })
  }
})
