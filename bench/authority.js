import { createAdaptorServer } from '@hono/node-server'
import { createMockServer } from '@spatio-labs/mock-server'

/** Seconds an access token lives. */
export const LIFETIME = 3600
export const CLIENT_ID = 'bench'

/** The paths auth0-spa-js has built in, at its own authority. @type {Record<string, string>} */
const ALIASES = { '/authorize': '/oauth2/authorize', '/oauth/token': '/oauth2/token' }
/** It takes https for granted in an issuer; the mock is reached elsewhere. */
const ALIASED_ISSUER = 'https://mock.example'

/**
 * @typedef {object} Authority
 * @property {import('@spatio-labs/mock-server').MockServer} mock
 * @property {string} domain Where it listens.
 * @property {() => Promise<void>} close
 */

/**
 * The mock-server, strict but for how long a used refresh token is good.
 *
 * @param {object} options
 * @param {string} options.redirectUri
 * @param {number} options.refreshGrace Seconds.
 * @param {boolean} options.isAliased With the paths of auth0-spa-js.
 * @returns {Promise<Authority>}
 */
export async function startAuthority({ redirectUri, refreshGrace, isAliased }) {
  const mock = createMockServer({
    ...(isAliased ? { issuer: ALIASED_ISSUER } : {}),
    autoConsent: true,
    accessTokenLifetime: LIFETIME,
    refreshGrace,
    additionalScopes: { offline_access: 'Stay signed in' },
    clients: [{ client_id: CLIENT_ID, client_name: 'Bench', redirect_uris: [redirectUri] }],
  })
  if (isAliased) return listenAliased(mock)
  // Vite has set NODE_ENV to production when it built the page.
  const { url, close } = await mock.listen({ port: 0, force: true })
  return { mock, domain: url, close }
}

/** @param {import('@spatio-labs/mock-server').MockServer} mock @returns {Promise<Authority>} */
async function listenAliased(mock) {
  const fetch = async (/** @type {Request} */ request) => {
    const { pathname, search } = new URL(request.url)
    const isBodyless = ['GET', 'HEAD', 'OPTIONS'].includes(request.method)
    const response = await mock.fetch(
      new Request(`${ALIASED_ISSUER}${ALIASES[pathname] ?? pathname}${search}`, {
        method: request.method,
        headers: request.headers,
        redirect: 'manual',
        ...(isBodyless ? {} : { body: await request.text() }),
      }),
    )
    return request.method === 'OPTIONS' ? allowItsHeader(response) : response
  }
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false })
  await new Promise((resolve) => void server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  const close = () => new Promise((resolve) => void server.close(() => resolve(undefined)))
  return { mock, domain: `http://127.0.0.1:${address.port}`, close: async () => void (await close()) }
}

/** @param {Response} response of a preflight */
function allowItsHeader(response) {
  const headers = new Headers(response.headers)
  headers.append('Access-Control-Allow-Headers', 'Auth0-Client')
  return new Response(null, { status: response.status, headers })
}
