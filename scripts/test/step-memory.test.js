import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createStepMemory } from '../step-memory.js'

/** @type {import('../test-steps.js').Step} */
const step = {
  name: 'unit tests',
  tool: 'vitest/vitest.mjs',
  args: ['run'],
  after: [],
  ignores: /^docs\//,
  outputs: ['dist', '.cache/cases/core.json'],
}
let root = ''

beforeEach(() => {
  root = `${mkdtempSync(join(tmpdir(), 'step-memory-'))}/`
  write('src/index.ts', 'one')
  write('docs/page.md', 'a page')
  write('docs/package.json', '{}')
  write('dist/deep/index.js', 'built')
})
afterEach(() => rmSync(root, { recursive: true }))

/** @param {string} path @param {string} text */
function write(path, text) {
  mkdirSync(dirname(root + path), { recursive: true })
  writeFileSync(root + path, text)
}

const read = (/** @type {string} */ path) => readFileSync(root + path, 'utf8')
const kept = (/** @type {string} */ path) => `.cache/steps/unit-tests/${path}`

const open = (sources = ['src/index.ts', 'docs/page.md', 'docs/package.json'], machine = 'node 20') =>
  createStepMemory({ root, folder: `${root}.cache/steps`, machine, listSources: () => sources })

/** The step passes. @returns the fingerprint it passed on */
function pass() {
  const memory = open()
  const fingerprint = memory.fingerprint(step, [])
  memory.keep(step, { fingerprint, made: memory.hashOutputs(step), seconds: 3 })
  return fingerprint
}

it('knows nothing of a step that never passed', () => {
  expect(open().recall(step, open().fingerprint(step, []))).toBeUndefined()
})

it('knows a step that passed on the same inputs', () => {
  const fingerprint = pass()
  expect(open().fingerprint(step, [])).toBe(fingerprint)
  expect(open().recall(step, fingerprint)?.seconds).toBe(3)
})

it('puts back what the step made, and removes what it did not', () => {
  const fingerprint = pass()
  write('dist/deep/index.js', 'changed')
  write('dist/left-over.js', 'of an earlier build')
  write('.cache/cases/core.json', '["of a test that is gone"]')
  open().recall(step, fingerprint)
  expect(read('dist/deep/index.js')).toBe('built')
  expect(() => read('dist/left-over.js')).toThrow(/ENOENT/)
  expect(() => read('.cache/cases/core.json')).toThrow(/ENOENT/)
})

it('leaves an output alone that is as it was', () => {
  const fingerprint = pass()
  linkSync(`${root}dist/deep/index.js`, `${root}link`)
  expect(open().recall(step, fingerprint)).toBeDefined()
  expect(statSync(`${root}link`).nlink).toBe(2)
})

it('takes a changed file for another input, and an ignored one only when it is a manifest', () => {
  const fingerprint = pass()
  write('docs/page.md', 'another page')
  expect(open().fingerprint(step, [])).toBe(fingerprint)
  write('docs/package.json', '{ "type": "module" }')
  expect(open().fingerprint(step, [])).not.toBe(fingerprint)
  write('docs/package.json', '{}')
  write('src/index.ts', 'two')
  expect(open().fingerprint(step, [])).not.toBe(fingerprint)
})

it('takes a file more, another machine, arguments, browser or forerunner for another input', () => {
  const fingerprint = pass()
  write('src/more.ts', '')
  const others = [
    open(['src/index.ts', 'src/more.ts', 'docs/page.md', 'docs/package.json']).fingerprint(step, []),
    open(undefined, 'node 22').fingerprint(step, []),
    open().fingerprint({ ...step, args: ['run', '--project', 'core'] }, []),
    open().fingerprint({ ...step, env: { CHROMIUM_PATH: '/usr/bin/chromium' } }, []),
    open().fingerprint({ ...step, version: 'Chromium 156' }, []),
    open().fingerprint(step, ['another build']),
  ]
  expect(new Set([fingerprint, ...others]).size).toBe(7)
})

it('removes the pass and the outputs of a step that is about to run', () => {
  const fingerprint = pass()
  open().forget(step)
  expect(() => read('dist/deep/index.js')).toThrow(/ENOENT/)
  expect(open().recall(step, fingerprint)).toBeUndefined()
})

it.each([
  ['a record cut short', 'passed.json', '{"fingerprint":"'],
  ['an output that was changed', 'dist/deep/index.js', 'changed'],
  ['an output too many', 'dist/more.js', ''],
])('does not believe %s', (_, path, text) => {
  const fingerprint = pass()
  write(kept(path), text)
  expect(open().recall(step, fingerprint)).toBeUndefined()
})

it('does not believe a pass whose outputs are gone', () => {
  const fingerprint = pass()
  rmSync(root + kept('dist'), { recursive: true })
  expect(open().recall(step, fingerprint)).toBeUndefined()
})
