import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/**
 * One page and its chunks, served with the time of the simulated world.
 *
 * @typedef {object} AppServer
 * @property {string} url
 * @property {(isThere: boolean) => void} deploy The chunks beside the front are gone, as after a deploy; pages that run go on.
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} AppSettings
 * @property {URL} [root] The folder of the page. Default: the page of the storm.
 * @property {() => object} settings What the page is told when it loads.
 * @property {() => number} now The clock its `Date` header is read from, in ms since the epoch.
 */

/** @param {AppSettings} options @returns {Promise<AppServer>} */
export async function startApp({ root = new URL('../page/', import.meta.url), settings, now }) {
  const files = await buildPage(fileURLToPath(root))
  let areChunksThere = true
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const file = files.get(path === '/' ? '/index.html' : path)
    const isGone = file === undefined || (!areChunksThere && /engine|life/.test(path))
    response.setHeader('Date', new Date(now()).toUTCString())
    response.setHeader('Cache-Control', 'no-store')
    if (isGone) return void response.writeHead(404).end()
    response.setHeader('Content-Type', path.endsWith('.js') ? 'text/javascript' : 'text/html')
    const attribute = JSON.stringify(settings()).replaceAll('"', '&quot;')
    response.end(file.replace('<html ', `<html data-settings="${attribute}" `))
  })
  await new Promise((resolve) => void server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    url: `http://localhost:${address.port}/`,
    deploy: (isThere) => void (areChunksThere = isThere),
    close: () => closeServer(server),
  }
}

/** @param {string} root @returns {Promise<Map<string, string>>} the files of its pages by their path */
async function buildPage(root) {
  const input = readdirSync(root).flatMap((name) => (name.endsWith('.html') ? [root + name] : []))
  const result = /** @type {import('vite').Rolldown.RolldownOutput} */ (
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input } },
    })
  )
  return new Map(
    result.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : String(file.source),
    ]),
  )
}

/** @param {import('node:http').Server} server @returns {Promise<void>} */
function closeServer(server) {
  server.closeAllConnections()
  return new Promise((resolve) => void server.close(() => resolve()))
}
