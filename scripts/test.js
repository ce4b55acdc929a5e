// npm test: installs, then runs every check, and prints one closing summary.
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { ensureInstalled, exit, ROOT } from './install.js'
import { nextStep, planSteps, summarize } from './test-plan.js'

const HELP = `npm test -- [options]

Installs what is needed, then lints, type-checks, builds and runs every test.

  --no-browser   leave out the tests in a real browser
  --help         this text`

/** Steps at a time: the small machines that run this have two cores. */
const PARALLEL = 2

/** @param {string[]} args */
function readOptions(args) {
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = { 'no-browser': { type: 'boolean' }, help: { type: 'boolean' } }
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    exit(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
  }
}

/**
 * Runs a step to its end; what it prints is kept and shown when it fails.
 *
 * @param {import('./test-plan.js').Step} step
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ isPassed: boolean, output: string, seconds: number }>}
 */
function run({ tool, args }, env) {
  const startedAt = performance.now()
  const file = tool.startsWith('./') ? ROOT + tool.slice(2) : `${ROOT}node_modules/${tool}`
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], { cwd: ROOT, env })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
    child.on('close', (status) => {
      resolve({ isPassed: status === 0, output, seconds: (performance.now() - startedAt) / 1000 })
    })
  })
}

/** @param {import('./test-plan.js').Step[]} steps @param {NodeJS.ProcessEnv} env */
async function runAll(steps, env) {
  const waiting = [...steps]
  /** @type {import('./test-plan.js').Result[]} */
  const results = []
  const work = async () => {
    for (let step = nextStep(waiting, results); step !== undefined; step = nextStep(waiting, results)) {
      waiting.splice(waiting.indexOf(step), 1)
      const { isPassed, output, seconds } = await run(step, env)
      results.push({ name: step.name, outcome: isPassed ? 'passed' : 'failed', seconds })
      console.log(`${isPassed ? '✓' : '✗'} ${step.name} (${seconds.toFixed(1)} s)`)
      if (!isPassed || step.name === 'case coverage') console.log(`\n${output.trim()}\n`)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  // A step that waits for others may have become free after a worker found nothing to do.
  await work()
  const leftOut = waiting.map(({ name }) => ({
    name,
    outcome: /** @type {const} */ ('left out'),
    seconds: 0,
    note: 'an earlier step failed',
  }))
  return [...results, ...leftOut]
}

const options = readOptions(process.argv.slice(2))
if (options['help'] === true) {
  console.log(HELP)
  process.exit(0)
}
const startedAt = performance.now()
const hasBrowser = options['no-browser'] !== true
ensureInstalled()

const { findBrowser } = await import('./find-browser.js')
const chromium = hasBrowser
  ? await findBrowser().catch((/** @type {Error} */ error) => exit(error.message))
  : undefined
const env = { ...process.env, ...(chromium !== undefined && { CHROMIUM_PATH: chromium }) }

const results = await runAll(planSteps({ hasBrowser }), env)
if (!hasBrowser)
  results.push({ name: 'browser tests', outcome: 'left out', seconds: 0, note: '--no-browser' })
console.log(`\n${summarize(results, (performance.now() - startedAt) / 1000)}\n`)
process.exitCode = results.some(({ outcome }) => outcome === 'failed') ? 1 : 0
