import { fileURLToPath } from 'node:url'
import { createMockServer } from '@spatio-labs/mock-server'
import { createServer } from 'vite'
import { CLIENT_ID, SCOPE, toAuthorityOptions } from './demo-authority.js'
import { findPort } from './find-port.js'

/**
 * @typedef {object} DemoOptions
 * @property {number} [port] Of the page. Default: 5173, or any when that is taken; 0 means any.
 * @property {number} [mockPort] Of the mock authority. Default: 4400, or any when that is taken; 0 means any.
 * @property {boolean} [autoConsent] Allow at once, without the consent page. Default: false.
 * @property {'session' | 'local' | 'memory'} [storage] Where the page keeps the session until its switch is used.
 * @property {number} [accessTokenLifetime] Seconds. Default: 120, so that a refresh is seen.
 * @property {string} [scope] What the page asks for, space-separated.
 */

/**
 * @typedef {object} Demo
 * @property {string} url Of the page. It is on `localhost`, the authority on `127.0.0.1`: two sites, as in real life.
 * @property {string} issuer
 * @property {import('@spatio-labs/mock-server').MockServer} mock
 * @property {() => Promise<void>} close Stops both; a second call does nothing.
 */

const HOST = '127.0.0.1'

/**
 * Starts the mock authority and the page. When something fails, nothing is left running.
 *
 * @param {DemoOptions} [options]
 * @returns {Promise<Demo>}
 * @throws {import('./find-port.js').PortError} `port_taken`, `port_invalid`
 */
export async function startDemo(options = {}) {
  const port = await findPort({ asked: options.port, preferred: 5173, what: 'the page' })
  const mockPort = await findPort({
    asked: options.mockPort,
    preferred: 4400,
    what: 'the mock',
    except: port,
  })
  const issuer = `http://${HOST}:${mockPort}`
  const { accessTokenLifetime, ...authority } = toAuthorityOptions(
    ['localhost', HOST].map((host) => `http://${host}:${port}/`),
  )
  const mock = createMockServer({
    ...authority,
    issuer,
    autoConsent: options.autoConsent ?? false,
    accessTokenLifetime: options.accessTokenLifetime ?? accessTokenLifetime,
  })
  const listener = await mock.listen({ port: mockPort, host: HOST })
  const page = await startPage(port, mock, options).catch(async (error) => {
    await listener.close()
    throw error
  })
  /** @type {Promise<void> | undefined} */
  let closing
  const close = () => (closing ??= Promise.all([page.close(), listener.close()]).then(() => undefined))
  return { url: `http://localhost:${port}/`, issuer, mock, close }
}

/**
 * @param {number} port
 * @param {import('@spatio-labs/mock-server').MockServer} mock
 * @param {DemoOptions} options
 */
async function startPage(port, { issuer, adminToken }, { storage = 'session', scope = SCOPE }) {
  const server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: fileURLToPath(new URL('../vite.config.js', import.meta.url)),
    // Apart from other environments: a test run must not replace the bundles a running demo serves.
    cacheDir: fileURLToPath(
      new URL(`../.cache/vite-${process.env.NODE_ENV ?? 'development'}`, import.meta.url),
    ),
    clearScreen: false,
    logLevel: 'warn',
    server: { host: HOST, port, strictPort: true },
    define: {
      'import.meta.env.VITE_SPATIO_ISSUER': JSON.stringify(issuer),
      // The page is served on loopback only, as the admin is, and other origins cannot read its modules.
      'import.meta.env.VITE_SPATIO_MOCK_TOKEN': JSON.stringify(adminToken),
      'import.meta.env.VITE_SPATIO_CLIENT_ID': JSON.stringify(CLIENT_ID),
      'import.meta.env.VITE_SPATIO_SCOPE': JSON.stringify(scope),
      'import.meta.env.VITE_SPATIO_STORAGE': JSON.stringify(storage),
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
