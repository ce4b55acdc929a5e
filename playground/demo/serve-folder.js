import { createServer } from 'node:http'
import sirv from 'sirv'

const HOST = '127.0.0.1'

/**
 * Serves the files of a folder, and knows nothing else: as any host of static files does.
 *
 * @param {string} folder
 * @param {{ port: number, path?: string }} options `path`: where the folder is, with a slash at both ends. Default: /
 * @returns {Promise<{ url: string, missed: string[], close: () => Promise<void> }>} `missed`: what it has no file for
 */
export async function serveFolder(folder, { port, path = '/' }) {
  const serveFile = sirv(folder, { dev: true })
  /** @type {string[]} */
  const missed = []
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    const miss = () => {
      missed.push(`${request.method} ${url}`)
      response.writeHead(404).end()
    }
    if (!url.startsWith(path)) return miss()
    request.url = url.slice(path.length - 1)
    serveFile(request, response, miss)
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, HOST, () => resolve(undefined))
  })
  const address = server.address()
  const used = typeof address === 'object' && address !== null ? address.port : port
  const close = () => {
    server.closeAllConnections()
    return /** @type {Promise<void>} */ (new Promise((resolve) => server.close(() => resolve())))
  }
  return { url: `http://localhost:${used}${path}`, missed, close }
}
