// npm run examples: packs the packages, then installs, builds and uses every example in a real browser. Build first.
import './check-node.js'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FLAGS } from './browser-flags.js'
import { listExamples } from './examples/example-list.js'
import { runExample } from './examples/run-example.js'
import { exit, ROOT } from './install.js'
import { packPackages, PUBLISHED } from './pack-packages.js'

const HELP = `npm run examples -- [name …]

Installs examples from what the packages would be published as, builds them, and signs in to each in a browser.

  name     one or more folders of examples, or init-react-ts and so on; all of them when none is given
  --help   this text`

/** Of the column with the names. */
const WIDTH = 16

/** @param {string[]} names */
function chooseExamples(names) {
  const all = listExamples()
  const unknown = names.find((wanted) => all.every(({ name }) => name !== wanted))
  if (unknown !== undefined) exit(`There is no example ${unknown}.\n\n${HELP}`)
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name))
}

/** The authority and the browser, for all examples. */
async function openStage() {
  const { createMockServer } = await import('@spatio-labs/mock-server')
  const { chromium } = await import('playwright-core')
  const { findBrowser } = await import('./find-browser.js')
  const mock = createMockServer()
  const listener = await mock.listen({ port: 0, host: '127.0.0.1' })
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS })
  const close = async () => {
    await browser.close()
    await listener.close()
  }
  return { mock, issuer: listener.url, browser, close }
}

/** @param {import('./examples/example-list.js').Example[]} examples @returns {Promise<boolean>} whether all went well */
async function runAll(examples) {
  const stage = await openStage()
  const folder = mkdtempSync(join(tmpdir(), 'spatio-examples-'))
  let isFine = true
  try {
    const packed = packPackages(folder)
    for (const example of examples) {
      const run = runExample(example, { ...stage, folder, packed })
      const problem = await run.then(
        (seconds) => console.log(`✓ ${example.name.padEnd(WIDTH)} ${tell(seconds)}`),
        (error) => error,
      )
      if (problem === undefined) continue
      isFine = false
      const told = problem instanceof Error ? problem.message : String(problem)
      console.log(`✗ ${example.name.padEnd(WIDTH)} failed\n\n${told}\n`)
    }
  } finally {
    await stage.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return isFine
}

/** @param {Record<string, number>} seconds */
function tell(seconds) {
  const parts = Object.entries(seconds).map(([part, taken]) => `${part} ${taken.toFixed(1).padStart(5)} s`)
  return parts.join('   ')
}

const names = process.argv.slice(2)
if (names.includes('--help')) {
  console.log(HELP)
  process.exit(0)
}
const missing = PUBLISHED.find((path) => !existsSync(`${ROOT}${path}/dist`))
if (missing !== undefined) exit(`${missing} is not built: run npm run build first.`)
process.exitCode = (await runAll(chooseExamples(names))) ? 0 : 1
