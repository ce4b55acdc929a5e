// The 307 once more in a browser, and jose's createRemoteJWKSet over the HTTP cache after a key rotation.
import { build } from 'vite'
import { anyOrigin, onLocalhost, openBrowser, sendPage } from '../browser.js'
import { loadJose, oidcClientPath, packageFolder } from './core-package.js'
import { CLIENT_ID, openServer, record, sendJson } from './test-authority.js'

const jose = await loadJose()
const josePath = `${packageFolder('jose')}/dist/webapi/index.js`
const bundle = await toBundle(
  `export * from ${JSON.stringify(oidcClientPath)}; export * as jose from ${JSON.stringify(josePath)}`,
)

const app = await openServer((request, response) => {
  if (request.url !== '/kit.js') return sendPage(response, '')
  response.writeHead(200, { 'content-type': 'text/javascript' }).end(bundle)
})
const stranger = await openServer((_request, response) =>
  sendJson(response, { error: 'thank_you' }, 400, anyOrigin),
)
const keys = []
const authority = await openServer((request, response) => {
  const { origin } = authority
  if (request.url === '/oauth2/token')
    return response.writeHead(307, { location: `${stranger.origin}/take`, ...anyOrigin }).end()
  if (request.url === '/jwks.json')
    return sendJson(response, { keys }, 200, { 'cache-control': 'max-age=300', ...anyOrigin })
  const endpoints = {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/oauth2/token`,
  }
  sendJson(response, endpoints, 200, anyOrigin)
})
const browser = await openBrowser()
const page = await browser.newPage()
await page.goto(onLocalhost(app.origin))

await page.evaluate(
  async ({ issuer, clientId }) => {
    const { OidcClient } = await import('/kit.js')
    const client = new OidcClient({ authority: issuer, client_id: clientId, redirect_uri: location.href })
    const { state } = await client.createSigninRequest({})
    await client
      .processSigninResponse(`${location.href}?code=the-code&state=${state.id}`)
      .catch(() => undefined)
  },
  { issuer: authority.origin, clientId: CLIENT_ID },
)
const taken = stranger.requests[0]
const names = [...new URLSearchParams(taken?.body).keys()].join(', ')
record(
  `OidcClient in Chromium on a 307: the other origin got ${taken?.method} with ${names}`,
  names.includes('code_verifier'),
)

const answer = await page.evaluate(async (url) => {
  const { type, status } = await fetch(url, { method: 'POST', body: 'code=x', redirect: 'manual' })
  return `${type}, status ${status}`
}, `${authority.origin}/oauth2/token`)
record(
  `fetch with redirect 'manual' in Chromium: ${answer}; the other origin got ${stranger.requests.length - 1} more`,
  stranger.requests.length === 1,
)

// A key is rotated while the old JWKS is still fresh for the HTTP cache.
const first = await rotate('key-1')
const verify = (token, url) =>
  page.evaluate(
    async ([jwt, jwks]) => {
      const { jose } = await import('/kit.js')
      globalThis.remote ??= jose.createRemoteJWKSet(new URL(jwks), { cooldownDuration: 0 })
      return jose.jwtVerify(jwt, globalThis.remote).then(
        () => 'verified',
        ({ code }) => code,
      )
    },
    [token, url],
  )
const jwksUrl = `${authority.origin}/jwks.json`
const before = await verify(first, jwksUrl)
const after = await verify(await rotate('key-2'), jwksUrl)
const fetched = authority.requests.filter(({ path }) => path === '/jwks.json').length
record(
  `createRemoteJWKSet, old key: ${before}; after the rotation: ${after}; the server saw ${fetched} request(s)`,
  after !== 'verified',
)

await browser.close()
for (const server of [app, stranger, authority]) server.close()

async function rotate(kid) {
  const { publicKey, privateKey } = await jose.generateKeyPair('RS256', { extractable: true })
  keys.splice(0, keys.length, { ...(await jose.exportJWK(publicKey)), kid, alg: 'RS256' })
  return new jose.SignJWT({ sub: 'alice' }).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey)
}

async function toBundle(code) {
  const plugin = {
    name: 'entry',
    resolveId: (name) => (name === 'entry' ? '\0entry' : null),
    load: (id) => (id === '\0entry' ? code : null),
  }
  const { output } = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [plugin],
    build: { write: false, rollupOptions: { input: 'entry', preserveEntrySignatures: 'strict' } },
  })
  return output[0].code
}
