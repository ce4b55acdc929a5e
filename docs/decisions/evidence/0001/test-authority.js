import { createServer } from 'node:http'

export const CLIENT_ID = 'app_123'
export const REDIRECT_URI = 'http://localhost:5173/'

/**
 * A server on a free loopback port that answers every request by `handle(request, response, body)` and
 * keeps what it was sent.
 */
export async function openServer(handle) {
  const requests = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method, url: path, headers } = request
    requests.push({ method, path, headers, body })
    handle(request, response, body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { origin: `http://127.0.0.1:${server.address().port}`, requests, close }
}

/** An authority of three endpoints. `token(request, response, body)` is the experiment's own. */
export async function openAuthority({ token, metadata = {} }) {
  const server = await openServer((request, response, body) => {
    const path = request.url.split('?')[0]
    if (path === '/oauth2/token') return token(request, response, body)
    if (path === '/.well-known/openid-configuration')
      return sendJson(response, { ...endpoints(), ...metadata })
    if (path === '/.well-known/jwks.json') return sendJson(response, { keys: [] })
    response.writeHead(404).end()
  })
  const { origin } = server
  function endpoints() {
    return {
      issuer: origin,
      authorization_endpoint: `${origin}/oauth2/authorize`,
      token_endpoint: `${origin}/oauth2/token`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      authorization_response_iss_parameter_supported: true,
    }
  }
  return server
}

export function sendJson(response, body, status = 200, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
}

/** An id_token with nothing behind it: `alg: none` and an empty signature. */
export function unsignedIdToken(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims)}.`
}

/** A client for `authority` with a fresh state store, as a public single-page app sets it up. */
export function createClient(
  { OidcClient, WebStorageStateStore, InMemoryWebStorage },
  authority,
  settings = {},
) {
  return new OidcClient({
    authority: authority.origin,
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile',
    stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    ...settings,
  })
}

/** Starts a sign-in and gives the callback an honest authority would send. */
export async function startSignIn(client, options = {}) {
  const request = await client.createSigninRequest({ nonce: 'n-1', ...options })
  const callback = `${REDIRECT_URI}?code=the-code&state=${request.state.id}`
  return { request, callback, verifier: request.state.code_verifier }
}

/** What a promise came to: `{ value }`, `{ error }`, or `{ pending: true }` after `ms`. */
export async function outcome(promise, ms = 5000) {
  let timer
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms, { pending: true })))
  const settled = promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  )
  const result = await Promise.race([settled, late])
  clearTimeout(timer)
  return result
}

let failures = 0

/** Prints what was seen; an observation other than the one the page records makes the script exit with 1. */
export function record(observation, isAsRecorded) {
  console.log(`${isAsRecorded ? 'as recorded' : 'NOT AS RECORDED'}  ${observation}`)
  if (!isAsRecorded) process.exitCode = ++failures && 1
}
