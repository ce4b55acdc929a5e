import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { buildWorker } from '../../mock-server/build-worker.js'
import { CLIENT_ID, SCOPE } from './demo-authority.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Builds the page as files that need no backend: it is told of no authority, so it starts one in its service worker.
 * The files work at any path of any host.
 *
 * @param {string} folder absolute; what is in it is replaced
 */
export async function buildStaticDemo(folder) {
  await build({
    root: ROOT,
    configFile: `${ROOT}vite.config.js`,
    mode: 'production',
    logLevel: 'warn',
    base: './',
    build: { outDir: folder, emptyOutDir: true },
    define: {
      'import.meta.env.VITE_SPATIO_ISSUER': JSON.stringify(''),
      'import.meta.env.VITE_SPATIO_MOCK_TOKEN': JSON.stringify(''),
      'import.meta.env.VITE_SPATIO_CLIENT_ID': JSON.stringify(CLIENT_ID),
      'import.meta.env.VITE_SPATIO_SCOPE': JSON.stringify(SCOPE),
      'import.meta.env.VITE_SPATIO_STORAGE': JSON.stringify('session'),
    },
  })
  await buildWorker(folder)
}
