// The authority of every comparison: a mock-server on a real port, behind TLS, with the paths that some SDKs insist on.
import { X509Certificate, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request as sendRequest } from 'node:http'
import { createServer } from 'node:https'
import { createMockServer } from '@spatio-labs/mock-server'

/** @param {'cert' | 'key'} part */
function readTls(part) {
  const folder = '../mock-server/test/support/localhost-do-not-trust'
  return readFileSync(new URL(`${folder}.${part}.pem`, import.meta.url), 'utf8')
}

const tls = { cert: readTls('cert'), key: readTls('key') }
const publicKeyHash = createHash('sha256')
  .update(new X509Certificate(tls.cert).publicKey.export({ type: 'spki', format: 'der' }))
  .digest('base64')

/** Makes Chromium trust the authority: by the key, so that its HTTP cache works as with any certificate. */
export const trustFlag = `--ignore-certificate-errors-spki-list=${publicKeyHash}`

/** Paths of other people's products, and where the same thing is at Spatio. */
const aliases = [
  [/\/authorize(?=\?)/, '/oauth2/authorize'],
  [/\/oauth\/token$/, '/oauth2/token'],
  [/\/oidc\/\.well-known\//, '/.well-known/'],
]

/** @param {string} path */
function toMockPath(path) {
  if (path.includes('/oauth2/')) return path
  return aliases.reduce((changed, [from, to]) => changed.replace(from ?? '', String(to)), path)
}

/**
 * https, because auth0-spa-js takes no other issuer.
 *
 * @param {import('@spatio-labs/mock-server').MockServerOptions} [options]
 * @param {number} [latency] ms between a request and its answer, beside the work
 */
export async function startAuthority(options = {}, latency = 0) {
  /** @type {number} */
  let mockPort = 0
  const front = createServer(tls, (request, response) => {
    setTimeout(() => forward(request, response, mockPort), latency)
  })
  await new Promise((resolve) => front.listen(0, '127.0.0.1', () => resolve(undefined)))
  const { port } = /** @type {import('node:net').AddressInfo} */ (front.address())
  const mock = createMockServer({ ...options, issuer: `https://127.0.0.1:${port}` })
  // Vite has set NODE_ENV to production when it built the pages.
  const listener = await mock.listen({ port: 0, force: true })
  mockPort = listener.port
  return {
    mock,
    close: async () => {
      front.closeAllConnections()
      front.close()
      await listener.close()
    },
  }
}

/**
 * Passes on what comes, byte for byte, and ends a connection where the mock does.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {number} port
 */
function forward(request, response, port) {
  const { method, headers } = request
  const path = toMockPath(request.url ?? '/')
  const outgoing = sendRequest({ port, host: '127.0.0.1', method, headers, path, agent: false })
  outgoing.on('error', () => response.destroy())
  outgoing.on('response', (answer) => {
    const asked = headers['access-control-request-headers']
    // Headers with which some SDKs tell their version; whatever else the mock says of CORS stands.
    if (asked && answer.headers['access-control-allow-headers'])
      answer.headers['access-control-allow-headers'] += `, ${asked}`
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.on('error', () => response.destroy())
    answer.on('aborted', () => response.destroy())
    answer.pipe(response)
  })
  response.on('close', () => outgoing.destroy())
  request.pipe(outgoing)
}
