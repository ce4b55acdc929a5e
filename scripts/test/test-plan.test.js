import { expect, it } from 'vitest'
import { findNodeProblem } from '../check-node.js'
import { nextStep, summarize, toCoverageNote } from '../test-plan.js'
import { planSteps } from '../test-steps.js'

const browser = { path: '/usr/bin/chromium', version: 'Chromium 156' }

/** @param {string} name */
const passed = (name) => ({ name, outcome: /** @type {const} */ ('passed'), seconds: 1 })
/** @param {string} name */
const failed = (name) => ({ name, outcome: /** @type {const} */ ('failed'), seconds: 1 })

it('starts the browser tests only after the build', () => {
  const waiting = planSteps(browser).filter(({ name }) => name === 'browser tests')
  expect(nextStep(waiting, [])).toBeUndefined()
  expect(nextStep(waiting, [failed('build and types')])).toBeUndefined()
  expect(nextStep(waiting, [passed('build and types')])?.name).toBe('browser tests')
})

it('counts the cases after the unit tests alone when there is no browser', () => {
  const waiting = planSteps(undefined)
  expect(waiting.map(({ name }) => name)).not.toContain('browser tests')
  const [coverage] = waiting.filter(({ name }) => name === 'case coverage')
  const unitTests = waiting.map(({ name }) => name).filter((name) => name.endsWith('tests'))
  expect(coverage && nextStep([coverage], unitTests.map(passed))).toBe(coverage)
  expect(coverage && nextStep([coverage], unitTests.slice(1).map(passed))).toBeUndefined()
})

it('goes on behind a step that passed before', () => {
  const waiting = planSteps(browser).filter(({ name }) => name === 'lint')
  expect(nextStep(waiting, [{ ...passed('build and types'), outcome: 'unchanged' }])?.name).toBe('lint')
})

it('names every failed step in the last line', () => {
  const text = summarize([passed('lint'), failed('unit tests'), failed('format')], 12)
  expect(text.split('\n').at(-1)).toBe('Failed: unit tests, format in 12 s.')
})

it('says when all passed, and what was left out', () => {
  const text = summarize(
    [passed('lint'), { name: 'browser tests', outcome: 'left out', seconds: 0, note: '--no-browser' }],
    3,
  )
  expect(text).toContain('All passed in 3 s.')
  expect(text).toMatch(/browser tests\s+left out.*--no-browser/)
})

it('says how many steps passed before, and how to run them all the same', () => {
  const text = summarize([passed('lint'), { ...passed('format'), outcome: 'unchanged' }], 3)
  expect(text).toContain('All passed in 3 s. 1 step passed before on the same files; --fresh runs it again.')
  expect(text).toMatch(/✓ format\s+unchanged/)
})

it.each([
  ['18.20.0', true],
  ['20.18.9', true],
  ['20.19.0', false],
  ['22.0.0', false],
])('Node %s is too old: %s', (version, isTooOld) => {
  expect(findNodeProblem(version) !== undefined).toBe(isTooOld)
})

it('takes the totals of the case coverage into the summary', () => {
  const output = 'client cases 191 / 259   DISC 16/20\nserver cases 109 / 111   S-AZ 16/16\n'
  expect(toCoverageNote(output)).toBe('client 191 of 259, server 109 of 111')
})
