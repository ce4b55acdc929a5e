import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, type IncomingHttpHeaders } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, createServer, preview, type InlineConfig } from 'vite'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { MockServer } from '../src/index.js'
import { spatioMockServer, type SpatioMockPluginOptions } from '../src/vite/vite-plugin.js'
import { pkce, readTokens, toAuthorizeQuery } from './support/flow.js'
import { openPortBrowser } from './support/port-browser.js'

const root = mkdtempSync(join(tmpdir(), 'spatio-vite-'))

const toConfig = (options: SpatioMockPluginOptions = {}, config: InlineConfig = {}): InlineConfig => ({
  root,
  configFile: false,
  logLevel: 'silent',
  server: { port: 0, ws: false },
  preview: { port: 0 },
  plugins: [spatioMockServer(options)],
  ...config,
})

async function openDev(options?: SpatioMockPluginOptions, config?: InlineConfig): Promise<string> {
  const server = await createServer(toConfig(options, config))
  onTestFinished(() => server.close())
  await server.listen()
  return server.resolvedUrls?.local[0] ?? ''
}

async function openPreview(options?: SpatioMockPluginOptions): Promise<string> {
  const server = await preview(toConfig(options))
  onTestFinished(() => server.close())
  return server.resolvedUrls?.local[0] ?? ''
}

async function signIn(appUrl: string, issuer: string): Promise<string> {
  const query = toAuthorizeQuery({ client_id: 'demo-app', redirect_uri: appUrl })
  const callback = await openPortBrowser(issuer).signIn(`${issuer}/oauth2/authorize?${query}`)
  expect(callback.href.startsWith(`${appUrl}?code=`)).toBe(true)
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'demo-app',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: appUrl,
    code_verifier: pkce.verifier,
  })
  return (await readTokens(await fetch(`${issuer}/oauth2/token`, { method: 'POST', body }))).access_token
}

beforeAll(async () => {
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>The app</title>')
  await build(toConfig())
})
afterAll(() => rmSync(root, { recursive: true }))

it('refuses a request by another name and says where to go', async () => {
  const appUrl = await openDev()
  const status = await new Promise((resolve, reject) => {
    const headers = { host: 'evil.example' }
    request(new URL('/__spatio/.well-known/jwks.json', appUrl), { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(421)
})

it('lets neither Vite’s CORS nor its page fallback answer for the authority', async () => {
  const appUrl = await openDev()
  const headers = { origin: 'http://localhost:1' }
  for (const method of ['GET', 'OPTIONS']) {
    const userInfo = await fetch(new URL('/__spatio/oauth2/userinfo', appUrl), { method, headers })
    expect(userInfo.headers.get('x-mock-server')).toBe('spatio')
    expect(userInfo.headers.get('access-control-allow-origin')).toBeNull()
  }
  expect((await fetch(new URL('/__spatio/nothing', appUrl))).status).toBe(404)
  expect(await (await fetch(new URL('/__spatious', appUrl))).text()).toContain('The app')
})

it('ends the connection when a fault says so', async () => {
  let mock: MockServer | undefined
  const appUrl = await openDev({ onStart: (started) => (mock = started) })
  const url = new URL('/__spatio/.well-known/jwks.json', appUrl)
  expect((await fetch(url)).status).toBe(200)
  mock?.fault('transport.offline')
  await expect(fetch(url)).rejects.toThrow(TypeError)
  mock?.verify()
})

it('answers over HTTP/2, which Vite speaks behind its HTTPS', async () => {
  const [key, cert] = ['key', 'cert'].map((name) =>
    readFileSync(
      fileURLToPath(new URL(`./support/localhost-do-not-trust.${name}.pem`, import.meta.url)),
      'utf8',
    ),
  ) as [string, string]
  const appUrl = await openDev({}, { server: { port: 0, ws: false, https: { key, cert } } })
  const session = connect(appUrl, { ca: cert })
  onTestFinished(() => session.close())
  const ask = async (method: string, path: string): Promise<[IncomingHttpHeaders, string]> => {
    const stream = session.request({ ':method': method, ':path': `/__spatio${path}` })
    const [[headers], chunks] = await Promise.all([once(stream, 'response'), stream.toArray()])
    return [headers as IncomingHttpHeaders, Buffer.concat(chunks as Buffer[]).toString()]
  }
  const [, discovery] = await ask('GET', '/.well-known/openid-configuration')
  expect(JSON.parse(discovery)).toMatchObject({ issuer: `${appUrl}__spatio` })
  const [head, nothing] = await ask('HEAD', '/.well-known/openid-configuration')
  expect([head[':status'], head['content-type'], nothing]).toEqual([200, 'application/json', ''])
  const query = toAuthorizeQuery({ client_id: 'demo-app', redirect_uri: appUrl })
  const [authorized] = await ask('GET', `/oauth2/authorize?${query}`)
  const consent = new URL(authorized.location ?? '')
  const [page] = await ask('GET', `/oauth2/consent${consent.search}`)
  expect([page[':status'], page['set-cookie']?.length]).toEqual([200, 1])
})

it('signs in under vite dev, on the port of the app', async () => {
  const appUrl = await openDev()
  const issuer = `${appUrl}__spatio`
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`)
  expect(await discovery.json()).toMatchObject({ issuer })
  expect(await signIn(appUrl, issuer)).toMatch(/^tok_/)
  expect(await (await fetch(appUrl)).text()).toContain('The app')
})

it('signs in under vite preview', async () => {
  const appUrl = await openPreview()
  expect(await signIn(appUrl, `${appUrl}__spatio`)).toMatch(/^tok_/)
  expect(await (await fetch(appUrl)).text()).toContain('The app')
})

it('is below the base, at the path it is given, with the redirect paths of the app', async () => {
  const appUrl = await openDev({ path: 'authority/', redirectPaths: ['/in', '/'] }, { base: '/shop/' })
  expect(new URL(appUrl).pathname).toBe('/shop/')
  expect(await signIn(appUrl, `${appUrl}authority`)).toMatch(/^tok_/)
  expect(await signIn(`${appUrl}in`, `${appUrl}authority`)).toMatch(/^tok_/)
})
