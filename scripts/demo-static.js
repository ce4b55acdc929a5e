// npm run demo:static: builds the demo as files that need no backend, and serves them as any host of files would.
import './check-node.js'
// Not { parseArgs }: where Node lacks it, linking fails before the version is checked.
import util from 'node:util'
import { buildDemoPackages } from './build-demo-packages.js'
import { exit, installDependencies, ROOT } from './install.js'

const FOLDER = `${ROOT}playground/dist`

const HELP = `npm run demo:static -- [options]

Builds the demo into playground/dist, with the mock authority in the page's own service worker, and serves the folder.
Any other server of files does as well, at any path, over https or from localhost:

  python3 -m http.server --directory playground/dist

  --port N        port of the page (0: any free one)
  --build-only    serve nothing
  --help          this text`

/** @param {string[]} args */
function readOptions(args) {
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = { port: { type: 'string' }, 'build-only': { type: 'boolean' }, help: { type: 'boolean' } }
  try {
    return util.parseArgs({ args, options }).values
  } catch (error) {
    exit(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`)
  }
}

const options = readOptions(process.argv.slice(2))
if (options['help'] === true) {
  console.log(HELP)
  process.exit(0)
}
if (installDependencies() === 'failed') exit('The dependencies could not be installed; see the lines above.')
if (!buildDemoPackages()) exit('The packages could not be built; see the lines above.')

const { buildStaticDemo } = await import('../playground/demo/build-static.js')
await buildStaticDemo(FOLDER)
console.log('\n  The demo is in playground/dist; any server of files will do.')
if (options['build-only'] !== true) await serve()

async function serve() {
  const { findPort } = await import('../playground/demo/find-port.js')
  const { serveFolder } = await import('../playground/demo/serve-folder.js')
  const asked = options['port'] === undefined ? undefined : Number(options['port'])
  const port = await findPort({ asked, preferred: 5173, what: 'the page' }).catch(
    (/** @type {Error} */ error) => exit(error.message),
  )
  const { url, close } = await serveFolder(FOLDER, { port })
  console.log(`  Spatio sign-in demo   ${url}\n\n  Ctrl-C stops it.\n`)
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => void close().then(() => process.exit(0)))
  }
}
