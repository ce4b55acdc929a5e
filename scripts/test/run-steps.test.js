import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ROOT } from '../install.js'
import { runSteps } from '../run-steps.js'
import { createStepMemory } from '../step-memory.js'

/** Holds what the planted steps run, and what they made: scripts that end as their text says. */
let folder = ''

beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue()
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  folder = `${mkdtempSync(join(ROOT, '.cache', 'planted-steps-'))}/`
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

/** @param {string} name @param {string} text */
const plant = (name, text) => writeFileSync(`${folder}${name}.js`, text)

/** @param {string} name @param {string[]} [after] @returns {import('../test-steps.js').Step} */
const step = (name, after = []) => {
  return { name, tool: `./${relative(ROOT, folder)}/${name}.js`, args: [], after, outputs: [`${name}.txt`] }
}

/** A run of steps that depend on all planted files. @param {import('../test-steps.js').Step[]} steps */
function runWhole(...steps) {
  const listSources = () => steps.map(({ name }) => `${name}.js`)
  const memory = createStepMemory({ root: folder, folder: `${folder}memory`, machine: '', listSources })
  return runSteps(steps, memory)
}

/** Its outcomes. @param {import('../test-steps.js').Step[]} steps */
async function run(...steps) {
  const results = await runWhole(...steps)
  return Object.fromEntries(results.map(({ name, outcome }) => [name, outcome]))
}

it('runs a step that failed again, until it passes, and then no more', async () => {
  plant('tests', 'process.exit(1)')
  expect(await run(step('tests'))).toEqual({ tests: 'failed' })
  expect(await run(step('tests'))).toEqual({ tests: 'failed' })
  plant('tests', 'process.exit(0)')
  expect(await run(step('tests'))).toEqual({ tests: 'passed' })
  expect(await run(step('tests'))).toEqual({ tests: 'unchanged' })
  plant('tests', 'process.exit(1)')
  expect(await run(step('tests'))).toEqual({ tests: 'failed' })
})

it('leaves out what waits for a step that failed, and runs it once that has passed', async () => {
  plant('build', 'process.exit(1)')
  plant('tests', '')
  const steps = [step('build'), step('tests', ['build'])]
  expect(await run(...steps)).toEqual({ build: 'failed', tests: 'left out' })
  plant('build', '')
  expect(await run(...steps)).toEqual({ build: 'passed', tests: 'passed' })
  expect(await run(...steps)).toEqual({ build: 'unchanged', tests: 'unchanged' })
})

it('runs a step again only when what the one before it made is another', async () => {
  const make = (/** @type {string} */ text, comment = '') => {
    const [path, made] = [JSON.stringify(`${folder}build.txt`), JSON.stringify(text)]
    plant('build', `${comment}\nimport { writeFileSync } from 'node:fs'\nwriteFileSync(${path}, ${made})`)
  }
  plant('tests', '')
  const steps = [step('build'), { ...step('tests', ['build']), ignores: /^build/ }]
  make('one')
  await run(...steps)
  make('one', '// Written anew.')
  expect(await run(...steps)).toEqual({ build: 'passed', tests: 'unchanged' })
  make('two')
  expect(await run(...steps)).toEqual({ build: 'passed', tests: 'passed' })
})

it('does not remember a step during which a file changed, even when that is as it was again', async () => {
  const path = JSON.stringify(`${folder}edited.js`)
  plant('edited', '')
  plant('tests', `import { writeFileSync } from 'node:fs'\nwriteFileSync(${path}, '// Edited.')`)
  const steps = [step('tests'), step('edited', ['tests'])]
  const [tests] = await runWhole(...steps)
  expect(tests).toMatchObject({ outcome: 'passed', note: 'not remembered: a file changed meanwhile' })
  plant('edited', '')
  expect(await run(...steps)).toMatchObject({ tests: 'passed' })
})

it('goes on when what a step made cannot be kept, and says so', async () => {
  const path = JSON.stringify(`${folder}memory`)
  plant('tests', `import { writeFileSync } from 'node:fs'\nwriteFileSync(${path}, 'No folder.')`)
  const [result] = await runWhole(step('tests'))
  expect(result).toMatchObject({ outcome: 'passed', note: expect.stringMatching(/^not remembered: E\w+/) })
})

it('runs a quick step always', async () => {
  plant('count', '')
  const steps = [{ ...step('count'), isQuick: true }]
  expect(await run(...steps)).toEqual({ count: 'passed' })
  expect(await run(...steps)).toEqual({ count: 'passed' })
})
