import type { FaultName } from '@spatio-labs/mock-server'
import { expect, it } from 'vitest'
import { changeEndpoint } from './kit/forge.js'
import { World } from './kit/world.js'

const METADATA = '/.well-known/openid-configuration'

function withMetadata(change: Record<string, unknown>): World {
  const world = new World()
  world.intercepts.push(changeEndpoint(METADATA, (body) => ({ ...body, ...change })))
  return world
}

it('asks a second time when the first answer is a 5xx or none, and never for another answer', async () => {
  const requests = async (fault: FaultName): Promise<number> => {
    const world = new World()
    world.mock.fault(fault, {}, { endpoint: 'discovery', times: 'always' })
    await world
      .page()
      .auth.signIn()
      .catch(() => undefined)
    return world.mock.requests({ endpoint: 'discovery' }).length
  }
  expect(await requests('disc.500')).toBe(2)
  expect(await requests('transport.offline')).toBe(2)
  for (const fault of ['disc.404', 'disc.html-200', 'disc.issuer.mismatch', 'disc.redirect'] as const)
    expect(await requests(fault)).toBe(1)
})

it('tells which two issuers differ, and where a member is missing or wrong', async () => {
  const told = async (change: Record<string, unknown>): Promise<string> => {
    const page = withMetadata(change).page()
    return page.auth.signIn().catch((error: Error) => error.message)
  }
  expect(await told({ issuer: 'https://evil.test' })).toContain(
    'configured http://127.0.0.1:4400, metadata https://evil.test',
  )
  expect(await told({ issuer: undefined })).toMatch(/^metadata_missing:.*\[issuer\]/)
  expect(await told({ token_endpoint: '' })).toMatch(/^metadata_missing:.*\[token_endpoint\]/)
  expect(await told({ jwks_uri: 'nonsense' })).toMatch(/^discovery_invalid:.*\[jwks_uri\]/)
  expect(await told({ revocation_endpoint: 'https://evil.test/r' })).toMatch(
    /^issuer_mismatch:.*revocation_endpoint on another/,
  )
  expect(await told({ userinfo_endpoint: 'http://op.test/u' })).toMatch(
    /^insecure_endpoint:.*\[userinfo_endpoint\]/,
  )
})

it('signs with what both lists hold, and with RS256 where the authority lists nothing', async () => {
  for (const [listed, code] of [
    [['HS256', 'RS256'], 'accept'],
    [undefined, 'accept'],
    [['ES256'], 'id_token_alg_rejected'],
  ] as const) {
    const page = await withMetadata({ id_token_signing_alg_values_supported: listed }).signIn()
    expect(page.auth.getSnapshot().error?.code ?? 'accept').toBe(code)
  }
})
