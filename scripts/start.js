// npm start: installs, builds what is needed, starts the mock authority and the playground, prints the URL.
import './check-node.js'
// Not { parseArgs }: where Node lacks it, linking fails before the version is checked.
import util from 'node:util'
import { buildDemoPackages } from './build-demo-packages.js'
import { exit, installDependencies } from './install.js'

const HELP = `npm start -- [options]

Starts the demo: the playground and a mock Spatio authority. Free ports are picked unless you name them.

  --port N        port of the playground (0: any free one)
  --mock-port N   port of the mock authority (0: any free one)
  --help          this text`

/** @param {string[]} args */
function readOptions(args) {
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = { port: { type: 'string' }, 'mock-port': { type: 'string' }, help: { type: 'boolean' } }
  try {
    return util.parseArgs({ args, options }).values
  } catch (error) {
    exit(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
  }
}

/** @param {string} flag @param {unknown} text @returns {number | undefined} */
function toPort(flag, text) {
  if (text === undefined) return undefined
  const port = Number(text)
  if (!/^\d+$/.test(String(text)) || port > 65_535)
    exit(`${flag} ${String(text)} is not a port: give a number from 0 to 65535.`)
  return port
}

const options = readOptions(process.argv.slice(2))
if (options['help'] === true) {
  console.log(HELP)
  process.exit(0)
}
const port = toPort('--port', options['port'])
const mockPort = toPort('--mock-port', options['mock-port'])

if (installDependencies() === 'failed') exit('The dependencies could not be installed; see the lines above.')
if (!buildDemoPackages()) exit('The packages could not be built; see the lines above.')

const { startDemo } = await import('../playground/demo/start.js')
const demo = await startDemo({
  ...(port !== undefined && { port }),
  ...(mockPort !== undefined && { mockPort }),
}).catch((/** @type {Error} */ error) => exit(error.message))

console.log(`
  Spatio sign-in demo   ${demo.url}
  Mock authority        ${demo.issuer}

  Ctrl-C stops both.
`)

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => void demo.close().then(() => process.exit(0)))
}
