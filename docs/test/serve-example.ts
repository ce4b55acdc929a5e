import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { findBrowser } from '../../scripts/find-browser.js'

/** The app of the start page as the testing guide's end-to-end test expects it, with the packages as they are built. */
export async function setup(): Promise<() => Promise<void>> {
  process.env['CHROMIUM_PATH'] = await findBrowser()
  const server = await createServer({
    root: fileURLToPath(new URL('../../examples/vite-ts', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    cacheDir: fileURLToPath(new URL('../.cache/example', import.meta.url)),
    resolve: {
      alias: {
        '@spatio-labs/auth': fileURLToPath(new URL('../../packages/core/dist/index.js', import.meta.url)),
      },
    },
    define: {
      'import.meta.env.VITE_SPATIO_CLIENT_ID': '"demo-app"',
      'import.meta.env.VITE_SPATIO_ISSUER': '"http://127.0.0.1:4400"',
    },
    server: { port: 5173, strictPort: true },
  })
  await server.listen()
  return () => server.close()
}
