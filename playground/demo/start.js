import { createMockServer } from '@spatio-labs/mock-server'
import { CLIENT_ID, SCOPE, toAuthorityOptions } from './demo-authority.js'
import { findPort } from './find-port.js'
import { servePageFromSource } from './serve-page-from-source.js'

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

/**
 * What the page is told about this run.
 *
 * @typedef {object} PageSettings
 * @property {string} issuer
 * @property {string} adminToken
 * @property {string} clientId
 * @property {string} scope Space-separated.
 * @property {string} storage
 */

/** @typedef {(port: number, settings: PageSettings) => Promise<{ close: () => Promise<void> }>} ServePage */

const HOST = '127.0.0.1'

/**
 * Starts the mock authority and the page. When something fails, nothing is left running.
 *
 * @param {DemoOptions} [options]
 * @param {ServePage} [servePage] Default: as it is in the sources, by Vite's development server.
 * @returns {Promise<Demo>}
 * @throws {import('./find-port.js').PortError} `port_taken`, `port_invalid`
 */
export async function startDemo(options = {}, servePage = servePageFromSource) {
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
  const { adminToken } = mock
  const { scope = SCOPE, storage = 'session' } = options
  const settings = { issuer, adminToken, clientId: CLIENT_ID, scope, storage }
  const page = await servePage(port, settings).catch(async (error) => {
    await listener.close()
    throw error
  })
  /** @type {Promise<void> | undefined} */
  let closing
  const close = () => (closing ??= Promise.all([page.close(), listener.close()]).then(() => undefined))
  return { url: `http://localhost:${port}/`, issuer, mock, close }
}
