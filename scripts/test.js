// npm test: installs, then runs every check, and prints one closing summary.
import './check-node.js'
import { rmSync } from 'node:fs'
// Not { parseArgs }: where Node lacks it, linking fails before the version is checked.
import util from 'node:util'
import { exit, installDependencies, ROOT } from './install.js'
import { listFiles } from './list-files.js'
import { describeMachine } from './machine.js'
import { runSteps } from './run-steps.js'
import { createStepMemory } from './step-memory.js'
import { summarize } from './test-plan.js'
import { planSteps } from './test-steps.js'

const HELP = `npm test -- [options]

Installs what is needed, then lints, type-checks, builds and runs every test. A step that passed before is
run again when a file it may depend on has changed.

  --fresh        run every step, whatever passed before
  --no-browser   leave out the tests in a real browser
  --help         this text`

/** @param {string[]} args */
function readOptions(args) {
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = {
    fresh: { type: 'boolean' },
    'no-browser': { type: 'boolean' },
    help: { type: 'boolean' },
  }
  try {
    return util.parseArgs({ args, options }).values
  } catch (error) {
    exit(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
  }
}

/** @returns {Promise<{ browser?: import('./test-steps.js').Browser, result?: import('./test-plan.js').Result }>} the browser, or why there is none */
async function openBrowserPart() {
  const name = 'browser tests'
  if (isBrowserLeftOut) return { result: { name, outcome: 'left out', seconds: 0, note: '--no-browser' } }
  const { findBrowser, readBrowserVersion } = await import('./find-browser.js')
  try {
    const path = await findBrowser()
    return { browser: { path, version: readBrowserVersion(path) } }
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error)
    return { result: { name, outcome: 'failed', seconds: 0, note } }
  }
}

const options = readOptions(process.argv.slice(2))
if (options['help'] === true) {
  console.log(HELP)
  process.exit(0)
}
const isBrowserLeftOut = options['no-browser'] === true
const startedAt = performance.now()
const seconds = () => (performance.now() - startedAt) / 1000

const installed = installDependencies()
if (installed === 'failed') exit('The dependencies could not be installed; see the lines above.')
/** @type {import('./test-plan.js').Result} */
const installation = { name: 'install', outcome: 'passed', seconds: seconds(), note: installed }
// What an earlier run left would prove a case whose test is gone, or left out.
rmSync(`${ROOT}.cache/cases`, { recursive: true, force: true })
const folder = `${ROOT}.cache/steps`
if (options['fresh'] === true) {
  for (const path of [folder, `${ROOT}.cache/prettier`]) rmSync(path, { recursive: true, force: true })
}

const { browser, result } = await openBrowserPart()
const listSources = () => listFiles('', /./)
const memory = createStepMemory({ root: ROOT, folder, machine: describeMachine(), listSources })
const checks = await runSteps(planSteps(browser), memory)
const results = [installation, ...checks, ...(result === undefined ? [] : [result])]
console.log(`\n${summarize(results, seconds())}\n`)
process.exitCode = results.some(({ outcome }) => outcome === 'failed') ? 1 : 0
