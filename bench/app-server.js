// Serves pages as an app would be deployed: built by Vite, its chunks apart, gzipped.
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/** @typedef {{ type: string, body: Buffer }} File */

/**
 * @param {readonly URL[]} entries the script of each page; its name is the page's path
 * @param {number} [latency] ms between a request and its answer
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export async function startAppServer(entries, latency = 0) {
  /** @type {Map<string, File>} */
  const files = new Map()
  for (const entry of entries) for (const [path, file] of await buildPage(entry)) files.set(path, file)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const [, id = ''] = pathname.split('/')
    // Every other path of the app is its page, the redirect URI too.
    const file = files.get(pathname) ?? files.get(`/${id}/`)
    setTimeout(() => send(response, file), latency)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    origin: `http://localhost:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** @param {import('node:http').ServerResponse} response @param {File | undefined} file */
function send(response, file) {
  if (file === undefined) return void response.writeHead(404).end()
  // A chunk has the hash of its content in its name.
  const isChunk = file.type === 'text/javascript'
  response.setHeader('Cache-Control', isChunk ? 'public, max-age=31536000, immutable' : 'no-cache')
  response.setHeader('Content-Type', file.type)
  response.setHeader('Content-Encoding', 'gzip')
  response.end(file.body)
}

/** @param {URL} entry @returns {Promise<[string, File][]>} the page and its chunks by their path */
async function buildPage(entry) {
  const id = basename(entry.pathname, '.ts')
  const result = await build({
    configFile: false,
    logLevel: 'error',
    base: `/${id}/`,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2022', rollupOptions: { input: fileURLToPath(entry) } },
  })
  const [{ output }] = /** @type {[import('vite').Rolldown.RolldownOutput]} */ ([result].flat())
  const chunks = output.flatMap((file) => (file.type === 'chunk' ? [file] : []))
  const main = chunks.find(({ isEntry }) => isEntry)
  const page = `<!doctype html><title>${id}</title><link rel="icon" href="data:," /><script type="module" src="/${id}/${main?.fileName}"></script>`
  return [
    [`/${id}/`, { type: 'text/html', body: gzipSync(page) }],
    ...chunks.map(
      (chunk) =>
        /** @type {[string, File]} */ ([
          `/${id}/${chunk.fileName}`,
          { type: 'text/javascript', body: gzipSync(chunk.code, { level: 9 }) },
        ]),
    ),
  ]
}
