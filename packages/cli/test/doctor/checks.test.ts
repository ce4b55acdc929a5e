import { generateKeyPairSync } from 'node:crypto'
import type { FaultName } from '@spatio-labs/mock-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHECK_GROUPS } from '../../src/doctor/checks.js'
import { openStage, type Stage } from '../kit/stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const IDS = CHECK_GROUPS.flatMap(({ checks }) => checks.map(({ id }) => id))

describe('a healthy authority and app', () => {
  it.each(IDS)('pass the check %s', async (id) => {
    const { exitCode, checks } = await stage.examine()
    expect(checks.get(id)).toMatchObject({ status: 'passed' })
    expect(exitCode).toBe(0)
  })
})

/** A fault of the mock, the check that finds it, and what it says. */
const FAULTS: readonly (readonly [fault: FaultName, id: string, detail: RegExp])[] = [
  ['disc.404', 'metadata-reachable', /openid-configuration answers 404$/],
  ['disc.500', 'metadata-reachable', /answers 500$/],
  ['disc.redirect', 'metadata-reachable', /redirects to http/],
  ['disc.html-200', 'metadata-reachable', /answers text\/html.*, not application\/json/],
  ['disc.truncated', 'metadata-reachable', /is not a JSON object$/],
  ['transport.drop-before-headers', 'metadata-reachable', /the connection was cut/],
  ['disc.issuer.mismatch', 'issuer-equal', /^the app has http:.*, the metadata http/],
  ['disc.issuer.trailing-slash', 'issuer-equal', /the metadata http:\/\/127\.0\.0\.1:\d+\/$/],
  ['disc.endpoint.missing', 'endpoints-secure', /^token_endpoint is missing$/],
  ['disc.endpoint.http-downgrade', 'endpoints-secure', /^token_endpoint is http:\/\//],
  ['disc.endpoint.foreign-origin', 'endpoints-secure', /^token_endpoint is on https.*, another origin$/],
  ['disc.pkce-unsupported', 'pkce-s256', /^the metadata lists \["plain"\]$/],
  ['clock.server-ahead', 'clock-difference', /^the authority is 60\d s ahead of this machine/],
  ['clock.server-behind', 'clock-difference', /^the authority is (599|60\d) s behind this machine/],
  ['jwks.empty', 'jwks-usable', /^none of 0 keys/],
  ['jwks.wrong-use', 'jwks-usable', /: not for signatures$/],
  ['jwks.wrong-kty', 'jwks-usable', /: unreadable$/],
  ['jwks.private-members', 'jwks-usable', /publishes a private key$/],
  ['jwks.500', 'jwks-usable', /answers 500$/],
  ['jwks.html-200', 'jwks-usable', /is not a JWK set$/],
  ['authorize.html-error-page', 'authorize-accepts', /is refused with 400$/],
  ['authorize.ignores-prompt-none', 'authorize-accepts', /instead of the redirect URI$/],
  ['cb.state.altered', 'authorize-accepts', /does not carry the state/],
  ['cb.error.server_error', 'authorize-accepts', /answers server_error/],
]

describe('a faulty authority', () => {
  it.each(FAULTS)('with %s fails the check %s', async (fault, id, detail) => {
    using _active = stage.mock.fault(fault)
    const { exitCode, checks } = await stage.examine()
    const found = checks.get(id)
    expect(found).toMatchObject({ status: 'failed', detail: expect.stringMatching(detail) })
    expect(found).toHaveProperty('fix', expect.stringMatching(/\w{3}.*\.$|auth-cli/))
    expect(exitCode).toBe(1)
  })

  it.each([
    ['cors-documents', 'discovery', /the metadata: no Access-Control-Allow-Origin$/],
    ['cors-documents', 'jwks', /the keys: no Access-Control-Allow-Origin$/],
    ['cors-token', 'token', /no Access-Control-Allow-Origin$/],
    ['cors-userinfo', 'userinfo', /no Access-Control-Allow-Origin$/],
  ] as const)('without CORS fails the check %s at %s', async (id, endpoint, detail) => {
    using _active = stage.mock.fault('cors.missing', {}, { endpoint })
    const { checks } = await stage.examine()
    expect(checks.get(id)).toMatchObject({ status: 'failed', detail: expect.stringMatching(detail) })
  })

  it('with CORS for another origin is told apart from one without', async () => {
    using _active = stage.mock.fault('cors.wrong-origin', {}, { endpoint: 'token' })
    const { checks } = await stage.examine()
    expect(checks.get('cors-token')).toMatchObject({
      detail: expect.stringContaining('someone-else.example'),
    })
  })

  it('that refuses preflights fails userinfo, and warns of the token endpoint, which needs none', async () => {
    using _active = stage.mock.fault('cors.preflight-fails', {}, { times: 2 })
    const { checks } = await stage.examine()
    expect(checks.get('cors-userinfo')).toMatchObject({ status: 'failed' })
    expect(checks.get('cors-token')).toMatchObject({ status: 'warned' })
  })

  it.each([
    ['a short RSA key', rsa(1024), 'failed', /: weak$/],
    ['an EC key', ec(), 'passed', /^1 of 1 keys$/],
    ['a shared secret', { kty: 'oct', k: 'AAAA' }, 'failed', /: symmetric$/],
    ['text', 'a key', 'failed', /: unreadable$/],
  ])('whose only key is %s is looked at', async (_what, key, status, detail) => {
    const { mock, app } = stage
    using _moved = mock.fault('disc.member.set', { name: 'jwks_uri', value: `${app.origin}/jwks.json` })
    using _answer = app.answerWith({ body: JSON.stringify({ keys: [key] }) })
    const { checks } = await stage.examine()
    expect(checks.get('jwks-usable')).toMatchObject({ status, detail: expect.stringMatching(detail) })
  })

  it('is warned of whose two documents differ, by the names of what differs', async () => {
    using _active = stage.mock.fault('disc.documents-differ')
    const { checks } = await stage.examine()
    const detail = 'oauth-authorization-server differs in userinfo_endpoint'
    expect(checks.get('documents-equal')).toMatchObject({ status: 'warned', detail })
  })

  it('may serve one document only', async () => {
    using _active = stage.mock.fault('disc.404', {}, { after: 1 })
    const { checks } = await stage.examine()
    expect(checks.get('documents-equal')).toMatchObject({
      status: 'passed',
      detail: expect.stringMatching(/^there is no oauth-authorization-server/),
    })
  })

  it.each([
    ['http://127.0.0.1:1', /The mock: .* mock --port 1 --redirect-uri http:\/\/127\.0\.0\.1:\d+\/callback$/],
    ['https://127.0.0.1:1', /^Check --issuer/],
  ])('at %s that does not run is told how to start', async (issuer, fix) => {
    const { checks } = await stage.examine('--issuer', issuer)
    expect(checks.get('metadata-reachable')).toMatchObject({
      status: 'failed',
      fix: expect.stringMatching(fix),
    })
  })

  it.each([
    ['discovery', 'needs an answer of the authority'],
    ['jwks', 'needs an answer at jwks_uri'],
  ] as const)('that cuts the connection at %s is not said to refuse the app', async (endpoint, detail) => {
    using _active = stage.mock.fault('transport.drop-before-headers', {}, { endpoint, times: 2 })
    const { exitCode, checks } = await stage.examine()
    expect(checks.get('cors-documents')).toMatchObject({ status: 'skipped', detail })
    expect(exitCode).toBe(1)
  })

  it('skips what needs the metadata when there is none', async () => {
    using _active = stage.mock.fault('disc.404')
    const { checks } = await stage.examine()
    const skipped = IDS.filter((id) => checks.get(id)?.status === 'skipped')
    expect(skipped).toEqual([
      ...[
        'issuer-equal',
        'documents-equal',
        'endpoints-secure',
        'pkce-s256',
        'jwks-usable',
        'authorize-accepts',
      ],
      ...['cors-token', 'cors-userinfo'],
    ])
  })
})

function rsa(modulusLength: number): unknown {
  return generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' })
}

function ec(): unknown {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
}

describe('what the client says of itself', () => {
  it('is refused when the authority does not know the client', async () => {
    const { checks } = await stage.examine('--client-id', 'app_unknown')
    expect(checks.get('authorize-accepts')).toMatchObject({ status: 'failed' })
  })

  it('is refused when the redirect URI is registered with a slash more', async () => {
    const { checks } = await stage.examine('--redirect-uri', `${stage.redirectUri}/`)
    expect(checks.get('authorize-accepts')).toMatchObject({ detail: expect.stringContaining('callback/') })
  })

  it.each([
    [
      'on another origin than the app',
      ['--origin', 'http://localhost:5173'],
      /^the app is on http:\/\/localhost/,
    ],
    ['of plain http', ['--redirect-uri', 'http://notes.invalid/'], /is plain http$/],
    ['with a fragment', ['--redirect-uri', 'http://localhost/#/callback'], /has a fragment$/],
  ])('fails for a redirect URI %s', async (_what, flags, detail) => {
    const { checks } = await stage.examine(...flags)
    expect(checks.get('redirect-origin')).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(detail),
    })
  })
})
