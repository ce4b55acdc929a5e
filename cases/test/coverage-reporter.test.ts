import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

const CONFIG = `
import { CaseCoverageReporter } from '../../cases/src/coverage-reporter.ts'
export default { test: { name: 'planted', reporters: [new CaseCoverageReporter()] } }
`
const TESTS = `
import { caseTest } from '../../cases/src/index.ts'
caseTest('IDT-18', 'is the listed code', () => ({ kind: 'reject', code: 'id_token_nonce_mismatch' }))
caseTest('IDT-17', 'is another code', () => ({ kind: 'reject', code: 'id_token_nonce_mismatch' }))
caseTest('IDT-01', 'observes nothing', () => undefined)
caseTest('JWK-20', 'asserts nothing where the list states nothing', () => undefined)
caseTest('CB-16', 'is listed', () => ({ kind: 'accept' }))
caseTest('CB-16', 'is not listed', () => ({ kind: 'ignore' }))
`

/** A run of vitest over planted cases, of which one is met. */
let folder: string
let run: { status: number | null; stdout: string }

beforeAll(() => {
  mkdirSync(join(root, '.cache'), { recursive: true })
  folder = mkdtempSync(join(root, '.cache', 'planted-'))
  writeFileSync(join(folder, 'vitest.config.js'), CONFIG)
  writeFileSync(join(folder, 'planted.test.js'), TESTS)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  run = spawnSync(process.execPath, [vitest, 'run'], { cwd: folder, encoding: 'utf8' })
}, 60_000)

afterAll(() => {
  rmSync(folder, { recursive: true })
})

it('fails the run when a case ends otherwise than its list says', () => {
  expect(run.status).toBe(1)
})

it('counts a case only when every test of it passed', () => {
  const covered: unknown = JSON.parse(readFileSync(join(folder, '.cache/cases/planted.json'), 'utf8'))
  expect(covered).toEqual(['IDT-18'])
})
