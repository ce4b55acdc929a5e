import { spawn } from 'node:child_process'
import { ROOT } from './install.js'
import { nextStep, toCoverageNote } from './test-plan.js'

/** Steps at a time: the small machines that run this have two cores. */
const PARALLEL = 2
/** Milliseconds after which a step that hangs is stopped. */
const STEP_LIMIT = 590_000

/**
 * Runs the steps, each as soon as those it waits for have passed; a failure stops none that does not wait for it.
 *
 * @param {import('./test-plan.js').Step[]} steps
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./test-plan.js').Result[]>}
 */
export async function runSteps(steps, env) {
  const waiting = [...steps]
  /** @type {import('./test-plan.js').Result[]} */
  const results = []
  // Whoever ends a step is there to start what waited for it.
  const work = async () => {
    for (let step = nextStep(waiting, results); step !== undefined; step = nextStep(waiting, results)) {
      waiting.splice(waiting.indexOf(step), 1)
      results.push(await runStep(step, env))
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
 * Runs a step to its end; what it prints is kept and shown when it fails.
 *
 * @param {import('./test-plan.js').Step} step
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./test-plan.js').Result>}
 */
async function runStep(step, env) {
  const startedAt = performance.now()
  const { status, output } = await runScript(step, env)
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
 * @param {import('./test-plan.js').Step} step
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ status: number | null, output: string }>} status null: it was stopped
 */
function runScript({ tool, args }, env) {
  const file = tool.startsWith('./') ? ROOT + tool.slice(2) : `${ROOT}node_modules/${tool}`
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: ROOT, env, timeout: STEP_LIMIT })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
    child.on('close', (status) => resolve({ status, output }))
  })
}
