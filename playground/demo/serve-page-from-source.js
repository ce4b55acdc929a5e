import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/** @type {import('./start.js').ServePage} */
export async function servePageFromSource(port, settings) {
  const server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: fileURLToPath(new URL('../vite.config.js', import.meta.url)),
    // Apart from other environments: a test run must not replace the bundles a running demo serves.
    cacheDir: fileURLToPath(
      new URL(`../.cache/vite-${process.env.NODE_ENV ?? 'development'}`, import.meta.url),
    ),
    clearScreen: false,
    logLevel: 'warn',
    server: { host: '127.0.0.1', port, strictPort: true },
    define: {
      'import.meta.env.VITE_SPATIO_ISSUER': JSON.stringify(settings.issuer),
      // The page is served on loopback only, as the admin is, and other origins cannot read its modules.
      'import.meta.env.VITE_SPATIO_MOCK_TOKEN': JSON.stringify(settings.adminToken),
      'import.meta.env.VITE_SPATIO_CLIENT_ID': JSON.stringify(settings.clientId),
      'import.meta.env.VITE_SPATIO_SCOPE': JSON.stringify(settings.scope),
      'import.meta.env.VITE_SPATIO_STORAGE': JSON.stringify(settings.storage),
    },
  })
  try {
    await server.listen()
    return server
  } catch (error) {
    await server.close()
    throw error
  }
}
