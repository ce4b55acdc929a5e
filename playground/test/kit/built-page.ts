import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { build } from 'vite'
import type { ServePage } from '../../demo/start.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** A script of its own: pages of a test allow none in their markup. */
const SETTINGS_PATH = '/settings.js'

/**
 * Builds the page and those of the tests once for a run: file by file, as the development server sends them, each visit
 * would take a second. It is the same code, that of development; what differs between runs comes by a script.
 *
 * @param folder absolute; what is in it is replaced
 */
export async function buildPage(folder: string): Promise<void> {
  const pages = ['index.html', 'relay.html', 'test/pages/bare.html', 'test/pages/devtools.html']
  await build({
    root,
    configFile: `${root}vite.config.js`,
    mode: 'development',
    logLevel: 'warn',
    plugins: [
      {
        name: 'settings',
        transformIndexHtml: () => [
          { tag: 'script', attrs: { src: SETTINGS_PATH }, injectTo: 'head-prepend' },
        ],
      },
    ],
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { input: pages.map((page) => root + page) },
    },
    define: {
      'import.meta.env.VITE_SPATIO_ISSUER': 'pageSettings.issuer',
      'import.meta.env.VITE_SPATIO_MOCK_TOKEN': 'pageSettings.adminToken',
      'import.meta.env.VITE_SPATIO_CLIENT_ID': 'pageSettings.clientId',
      'import.meta.env.VITE_SPATIO_SCOPE': 'pageSettings.scope',
      'import.meta.env.VITE_SPATIO_STORAGE': 'pageSettings.storage',
    },
  })
}

/** Serves what `buildPage` built. */
export function servePageFrom(folder: string): ServePage {
  return async (port, settings) => {
    const serveFile = sirv(folder, {
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    })
    const server = createServer((request, response) => {
      if (request.url !== SETTINGS_PATH)
        return serveFile(request, response, () => void response.writeHead(404).end())
      response.writeHead(200, { 'content-type': 'text/javascript' })
      response.end(`const pageSettings = ${JSON.stringify(settings)}`)
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', () => resolve())
    })
    const close = async (): Promise<void> => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
    return { close }
  }
}
