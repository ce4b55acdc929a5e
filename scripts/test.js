// npm test: installs, then runs every check, and prints one closing summary.
import './check-node.js'
import { rmSync } from 'node:fs'
// Not { parseArgs }: where Node lacks it, linking fails before the version is checked.
import util from 'node:util'
import { exit, installDependencies, listPackages, ROOT } from './install.js'
import { runSteps } from './run-steps.js'
import { planSteps, summarize } from './test-plan.js'

const HELP = `npm test -- [options]

Installs what is needed, then lints, type-checks, builds and runs every test.

  --no-browser   leave out the tests in a real browser
  --help         this text`

/** @param {string[]} args */
function readOptions(args) {
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = { 'no-browser': { type: 'boolean' }, help: { type: 'boolean' } }
  try {
    return util.parseArgs({ args, options }).values
  } catch (error) {
    exit(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
  }
}

/** What an earlier run left could hide that a file is missing, or prove a case whose test is gone. */
function removeEarlierOutput() {
  for (const name of listPackages()) rmSync(`${ROOT}${name}/dist`, { recursive: true, force: true })
  rmSync(`${ROOT}.cache/cases`, { recursive: true, force: true })
}

/** @returns {Promise<{ path?: string, result?: import('./test-plan.js').Result }>} the browser, or why there is none */
async function openBrowserPart() {
  const name = 'browser tests'
  if (isBrowserLeftOut) return { result: { name, outcome: 'left out', seconds: 0, note: '--no-browser' } }
  const { findBrowser } = await import('./find-browser.js')
  try {
    return { path: await findBrowser() }
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
removeEarlierOutput()

const { path, result } = await openBrowserPart()
const env = { ...process.env, ...(path !== undefined && { CHROMIUM_PATH: path }) }
const checks = await runSteps(planSteps({ hasBrowser: path !== undefined }), env)
const results = [installation, ...checks, ...(result === undefined ? [] : [result])]
console.log(`\n${summarize(results, seconds())}\n`)
process.exitCode = results.some(({ outcome }) => outcome === 'failed') ? 1 : 0
