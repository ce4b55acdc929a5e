// Serves one page per SDK, each with its own build.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { sdks } from './sdks.js'

/** @returns {Promise<{ origin: string, close: () => void }>} */
export async function startAppServer() {
  /** @type {Map<string, string>} */
  const scripts = new Map()
  for (const { id } of sdks) scripts.set(id, await buildPage(id))
  const server = createServer((request, response) => {
    const [, id = '', ...rest] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/')
    const script = scripts.get(id)
    response.setHeader('Cache-Control', 'no-store')
    if (script === undefined) return void response.writeHead(404).end()
    const isScript = rest.join('/') === 'app.js'
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? script : `<!doctype html><title>${id}</title><script src="/${id}/app.js"></script>`,
    )
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    origin: `http://localhost:${address.port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** @param {string} id @returns {Promise<string>} one script, the chunks of dynamic imports in it */
async function buildPage(id) {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('pages', import.meta.url)),
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: `${id}.ts`, formats: ['iife'], name: 'app' },
    },
  })
  const [first] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ ([result].flat())
  if (first === undefined) throw new Error(`No build of ${id}`)
  return first.output[0].code
}
