import { readFile } from 'node:fs/promises'
import { get } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { createMock } from './support/flow.js'
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
