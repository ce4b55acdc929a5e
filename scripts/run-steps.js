import { spawn } from 'node:child_process'
import { ROOT } from './install.js'
import { nextStep, toCoverageNote } from './test-plan.js'

/** Steps at a time: the small machines that run this have two cores. */
const PARALLEL = 2
/** Milliseconds after which a step that hangs is stopped. */
const STEP_LIMIT = 590_000

/** @typedef {import('./test-steps.js').Step} Step */
/** @typedef {import('./test-plan.js').Result} Result */
/** @typedef {import('./step-memory.js').StepMemory} StepMemory */

/**
 * Runs the steps, each as soon as those it waits for have passed; a failure stops none that does not wait for it. A
 * step that passed on the same inputs before is not run again.
 *
 * @param {readonly Step[]} steps
 * @param {StepMemory} memory
 * @returns {Promise<Result[]>}
 */
export async function runSteps(steps, memory) {
  const waiting = [...steps]
  /** @type {Result[]} */
  const results = []
  // Whoever ends a step is there to start what waited for it.
  const work = async () => {
    for (let step = nextStep(waiting, results); step !== undefined; step = nextStep(waiting, results)) {
      waiting.splice(waiting.indexOf(step), 1)
      results.push(await runUnlessKnown(step, results, memory))
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  const leftOut = waiting.map(({ name }) => ({
    name,
    outcome: /** @type {const} */ ('left out'),
    seconds: 0,
    note: 'an earlier step failed',
  }))
  return [...results, ...leftOut]
}

/**
 * @param {Step} step
 * @param {readonly Result[]} results of the steps before it
 * @param {StepMemory} memory
 * @returns {Promise<Result>}
 */
async function runUnlessKnown(step, results, memory) {
  if (step.isQuick === true) return runStep(step)
  const given = step.after.map((name) => results.find((result) => result.name === name)?.made ?? '')
  const fingerprint = memory.fingerprint(step, given)
  const passed = memory.recall(step, fingerprint)
  if (passed !== undefined) {
    const note = `it took ${passed.seconds.toFixed(1)} s when it ran`
    return { name: step.name, outcome: 'unchanged', seconds: 0, note, made: passed.made }
  }
  memory.forget(step)
  const result = await runStep(step)
  if (result.outcome !== 'passed') return result
  const made = memory.hashOutputs(step)
  // Who edits a file meanwhile may have been tested without the edit.
  const isAsBefore = memory.fingerprint(step, given) === fingerprint
  const note = isAsBefore
    ? tryToKeep(memory, step, { fingerprint, made, seconds: result.seconds })
    : 'not remembered: a file changed meanwhile'
  return { ...result, made, ...(note !== undefined && { note }) }
}

/**
 * @param {StepMemory} memory
 * @param {Step} step
 * @param {import('./step-memory.js').Passed} passed
 * @returns {string | undefined} why not
 */
function tryToKeep(memory, step, passed) {
  try {
    memory.keep(step, passed)
    return undefined
  } catch (error) {
    // A full disk, or somebody who builds at the same time: the step has passed all the same.
    return `not remembered: ${error instanceof Error ? error.message : String(error)}`
  }
}

/**
 * Runs a step to its end; what it prints is kept and shown when it fails.
 *
 * @param {Step} step
 * @returns {Promise<Result>}
 */
async function runStep(step) {
  const startedAt = performance.now()
  const { status, output } = await runScript(step)
  const seconds = (performance.now() - startedAt) / 1000
  const isCoverage = step.name === 'case coverage'
  console.log(`${status === 0 ? '✓' : '✗'} ${step.name} (${seconds.toFixed(1)} s)`)
  if (status !== 0 || isCoverage) console.log(`\n${output.trim()}\n`)
  const note = isCoverage ? toCoverageNote(output) : status === null ? 'stopped: it took too long' : undefined
  return {
    name: step.name,
    outcome: status === 0 ? 'passed' : 'failed',
    seconds,
    ...(note !== undefined && { note }),
  }
}

/**
 * @param {Step} step
 * @returns {Promise<{ status: number | null, output: string }>} status null: it was stopped
 */
function runScript({ tool, args, env }) {
  const file = tool.startsWith('./') ? ROOT + tool.slice(2) : `${ROOT}node_modules/${tool}`
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env }, timeout: STEP_LIMIT }
    const child = spawn(process.execPath, [file, ...args], options)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
    child.on('close', (status) => resolve({ status, output }))
  })
}
