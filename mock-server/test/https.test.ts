import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { createMock, send } from './support/flow.js'
import { expiredTestCertificate } from '../src/index.js'
import { closeRuns, run, start } from './support/cli-run.js'

// A key everybody has, for localhost only.
const [key, cert] = ['key', 'cert'].map((name) =>
  fileURLToPath(new URL(`./support/localhost-do-not-trust.${name}.pem`, import.meta.url)),
) as [string, string]

afterEach(closeRuns)

async function getJson(url: string): Promise<{ status: number | undefined; body: unknown }> {
  const ca = await readFile(cert)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { ca }, resolve).once('error', reject)
  })
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { status: response.statusCode, body: JSON.parse(text) }
}

it('serves HTTPS with a given key and certificate, and its issuer says so', async () => {
  const { listener, text } = await start(['--key', key, '--cert', cert])
  expect(listener.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(text.out).toContain(`issuer     ${listener.url}\n`)
  const { status, body } = await getJson(`${listener.url}/.well-known/openid-configuration`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ issuer: listener.url, token_endpoint: `${listener.url}/oauth2/token` })
})

it('refuses a key that is none', async () => {
  const { text, exitCode } = await run(['--port', '0', '--key', cert, '--cert', cert])
  expect(exitCode).toBe(1)
  expect(text.error).toMatch(/The key and certificate for HTTPS cannot be used/)
  const tls = { key: 'x', cert: 'y' }
  await expect(createMock().listen({ tls })).rejects.toMatchObject({ code: 'invalid_option' })
})

it('shows an expired certificate at the next handshake, and a good one at those after it', async () => {
  const mock = createMock()
  const tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
  const listener = await mock.listen({ tls })
  const ca = [tls.cert, expiredTestCertificate.cert]
  const attempt = (): Promise<unknown> =>
    new Promise((resolve) => {
      const request = get(`${listener.url}/.well-known/jwks.json`, { ca, agent: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      request.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    })
  expect(await attempt()).toBe(200)
  const fault = mock.fault('transport.tls-expired')
  expect(await attempt()).toBe('CERT_HAS_EXPIRED')
  expect(fault.applied).toBe(1)
  expect(await attempt()).toBe(200)
  mock.verify()
  // No request has come of it: the handshake is refused before one.
  expect(mock.requests({ endpoint: 'jwks' })).toHaveLength(2)
  await listener.close()
})

it('shows the expired certificate to fetch as well', async () => {
  const mock = createMock()
  const tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
  const listener = await mock.listen({ tls })
  const folder = await mkdtemp(join(tmpdir(), 'spatio-ca-'))
  const authorities = join(folder, 'ca.pem')
  await writeFile(authorities, tls.cert + expiredTestCertificate.cert)
  // Fetch of Node 20 learns of a CA by the environment of its process only.
  const script = `
    const attempt = () => fetch(process.argv[1]).then(({ status }) => status, ({ cause }) => cause.code)
    attempt().then((first) => attempt().then((second) => console.log(JSON.stringify([first, second]))))`
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authorities }
  mock.fault('transport.tls-expired')
  const url = `${listener.url}/.well-known/jwks.json`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, url], { env })
  expect(JSON.parse(stdout)).toEqual(['CERT_HAS_EXPIRED', 200])
  mock.verify()
  await rm(folder, { recursive: true })
  await listener.close()
})

it('refuses below an issuer the fault that strikes before a request says whose it is', async () => {
  const mock = createMock()
  const a = mock.issuerFor('a')
  const problem = /strikes at the handshake.*set it on the mock that listens/
  expect(() => a.fault('transport.tls-expired')).toThrow(problem)
  expect(() => mock.faultyIssuer('transport.tls-expired')).toThrow(problem)
  const init = {
    method: 'POST',
    body: '{"name":"transport.tls-expired"}',
    headers: { 'x-mock-token': mock.adminToken, 'content-type': 'application/json' },
  }
  const answers = [
    await send(a, '/__mock/faults', init),
    await send(mock, '/f/transport.tls-expired/.well-known/jwks.json'),
  ]
  for (const answer of answers) {
    expect(answer.status).toBe(400)
    expect(await answer.text()).toMatch(problem)
  }
  expect((await send(mock, '/__mock/faults', init)).status).toBe(201)
})
