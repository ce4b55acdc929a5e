import { expect, it } from 'vitest'
import {
  createMetadataSource,
  isWorthRetrying,
  requireOptionalEndpoint,
} from '../../src/protocol/metadata.js'
import {
  ISSUER,
  json,
  METADATA,
  offline,
  opaqueRedirect,
  openProtocolPage,
  silence,
  type Answer,
} from '../kit/protocol-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'

const DOCUMENT = {
  issuer: ISSUER,
  authorization_endpoint: METADATA.authorizationEndpoint,
  token_endpoint: METADATA.tokenEndpoint,
  jwks_uri: METADATA.jwksUri,
}

const read = (answer: Answer) => createMetadataSource(openProtocolPage(answer).context).get()
const readChanged = (change: object) => read(() => json({ ...DOCUMENT, ...change }))
const refused = (code: Refusal['code'], detail: string | null = null): Refusal =>
  refusal('discovery', code, { detail, retryable: code === 'discovery_failed' })

it('reads what every authority says, and null for what it does not offer', async () => {
  expect(await readChanged({})).toEqual({
    ...METADATA,
    revocationEndpoint: null,
    userinfoEndpoint: null,
    introspectionEndpoint: null,
    registrationEndpoint: null,
    idTokenAlgs: ['RS256'],
  })
})

it('reads everything that it may say', async () => {
  const whole = {
    revocation_endpoint: METADATA.revocationEndpoint,
    userinfo_endpoint: METADATA.userinfoEndpoint,
    introspection_endpoint: METADATA.introspectionEndpoint,
    registration_endpoint: METADATA.registrationEndpoint,
    id_token_signing_alg_values_supported: ['HS256', 'ES256', 'none', 'RS256'],
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['plain', 'S256'],
  }
  expect(await readChanged(whole)).toEqual({ ...METADATA, isIssParameterSupported: true })
})

it.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'])(
  'accepts %s for id_tokens',
  async (alg) => {
    const { idTokenAlgs } = await readChanged({ id_token_signing_alg_values_supported: ['HS256', alg] })
    expect(idTokenAlgs).toEqual([alg])
  },
)

it.each([['HS256'], ['none'], ['EdDSA'], []])(
  'refuses an authority that signs by %j only',
  async (...algs) => {
    const reading = () => readChanged({ id_token_signing_alg_values_supported: algs })
    expect(await refusalOf(reading)).toEqual(
      refused('config_invalid', 'the authority signs id_tokens by no algorithm that this client takes'),
    )
  },
)

it.each([false, 'true', 1])('takes %j for no promise of iss', async (value) => {
  const metadata = await readChanged({ authorization_response_iss_parameter_supported: value })
  expect(metadata.isIssParameterSupported).toBe(false)
})

it.each<[string, object, Refusal]>([
  ['no issuer', { issuer: undefined }, refused('metadata_missing', 'issuer')],
  ['an issuer that is no text', { issuer: [ISSUER] }, refused('metadata_missing', 'issuer')],
  [
    'another issuer',
    { issuer: `${ISSUER}/` },
    refused('issuer_mismatch', `configured ${ISSUER}, metadata ${ISSUER}/`),
  ],
  [
    'a very long issuer, which it cuts',
    { issuer: 'x'.repeat(300) },
    refused('issuer_mismatch', `configured ${ISSUER}, metadata ${'x'.repeat(256)}`),
  ],
  ['S256 excluded', { code_challenge_methods_supported: ['plain'] }, refused('pkce_unsupported')],
  ['no challenge method at all', { code_challenge_methods_supported: [] }, refused('pkce_unsupported')],
  [
    'a token endpoint on another origin',
    { token_endpoint: 'https://evil.test/token' },
    refused('issuer_mismatch', 'token_endpoint on another origin'),
  ],
  [
    'a revocation endpoint on another origin',
    { revocation_endpoint: 'https://evil.test/revoke' },
    refused('issuer_mismatch', 'revocation_endpoint on another origin'),
  ],
])('refuses %s', async (_name, change, expected) => {
  expect(await refusalOf(() => readChanged(change))).toEqual(expected)
})

const REQUIRED = ['authorization_endpoint', 'token_endpoint', 'jwks_uri']
const OPTIONAL = [
  'revocation_endpoint',
  'userinfo_endpoint',
  'introspection_endpoint',
  'registration_endpoint',
]

it.each(REQUIRED)('refuses to go on without %s', async (name) => {
  expect(await refusalOf(() => readChanged({ [name]: undefined }))).toEqual(refused('metadata_missing', name))
})

it.each([...REQUIRED, ...OPTIONAL])('refuses a %s that is none', async (name) => {
  const codeOf = async (value: unknown) => refusalOf(() => readChanged({ [name]: value }))
  for (const value of ['', 7, null]) expect(await codeOf(value)).toEqual(refused('metadata_missing', name))
  const invalid = [
    '/token',
    'javascript:alert(1)',
    'https:',
    'ftp://op.test/',
    'xhttps://op.test/',
    'https+x://op.test/',
    'https://user@op.test/',
    'https://:password@op.test/',
    'https://op.test/#x',
    'https://op.test/#',
  ]
  for (const value of invalid) expect(await codeOf(value)).toEqual(refused('discovery_invalid', name))
  expect(await codeOf('http://op.test/')).toEqual(refused('insecure_endpoint', name))
})

it.each(['authorization_endpoint', 'jwks_uri', 'userinfo_endpoint', 'introspection_endpoint'])(
  'lets %s be on another origin',
  async (name) => {
    expect(await refusalOf(() => readChanged({ [name]: 'https://other.test/x?y=1' }))).toBeNull()
  },
)

it('lets a loopback authority speak http', async () => {
  const issuer = 'http://127.0.0.1:4400'
  const document = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
  }
  const { context } = openProtocolPage(() => json(document), { issuer })
  expect(await createMetadataSource(context).get()).toMatchObject({ tokenEndpoint: `${issuer}/token` })
})

const typed = (status: number, type?: string): Answer => {
  return () => new Response(new Uint8Array(2), { status, headers: type ? { 'content-type': type } : {} })
}
const untyped = (status: number): Refusal =>
  refused(status === 200 ? 'discovery_invalid' : 'discovery_failed', `status ${status}, no media type`)

it.each<[string, Answer, Refusal]>([
  ['a network that is down', offline, refused('discovery_failed', `network, ${ISSUER}`)],
  ['a redirect', opaqueRedirect, refused('redirect_rejected')],
  ['a document too large', () => json('x'.repeat(600_000)), refused('discovery_invalid', 'too large')],
  ['status 404', () => json(DOCUMENT, 404), refused('discovery_failed', 'status 404, application/json')],
  ['status 201', () => json(DOCUMENT, 201), refused('discovery_failed', 'status 201, application/json')],
  ['status 503', () => json(DOCUMENT, 503), refused('discovery_failed', 'status 503, application/json')],
  [
    'a page of a captive portal, which may be gone soon',
    () => new Response('<p>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    { ...refused('discovery_invalid', 'status 200, text/html'), retryable: true },
  ],
  ['what says nothing of its media type', typed(200), { ...untyped(200), retryable: true }],
  ['a media type that is a text of the server', typed(404, '<b>text/html'), untyped(404)],
  [
    'a media type without end, which it cuts',
    typed(404, `a/${'b'.repeat(200)}`),
    refused('discovery_failed', `status 404, a/${'b'.repeat(97)}`),
  ],
  ['a list', () => json([]), refused('discovery_invalid', 'not a JSON object')],
])('refuses %s', async (_name, answer, expected) => {
  expect(await refusalOf(() => read(answer))).toEqual(expected)
})

it('refuses an authority that does not answer in time', async () => {
  const page = openProtocolPage(silence)
  const refusing = refusalOf(() => createMetadataSource(page.context).get())
  await page.clock.advance(10_000)
  expect(await refusing).toEqual(refused('discovery_failed', `timeout, ${ISSUER}`))
})

it.each<[string, string]>([
  [ISSUER, `${ISSUER}/.well-known/openid-configuration`],
  [`${ISSUER}/`, `${ISSUER}/.well-known/openid-configuration`],
  [`${ISSUER}/a/`, `${ISSUER}/a/.well-known/openid-configuration`],
  [`${ISSUER}/a/b`, `${ISSUER}/a/b/.well-known/openid-configuration`],
])('asks for the document of %s below it', async (issuer, url) => {
  const page = openProtocolPage(() => json({ ...DOCUMENT, issuer }), { issuer })
  await createMetadataSource(page.context).get()
  expect(page.sent.map((sent) => [sent.url, sent.init.cache])).toEqual([[url, 'default']])
  expect(page.events).toMatchObject([['request', { endpoint: 'discovery', method: 'GET' }]])
})

it('asks once per page, also when it is wanted twice at a time', async () => {
  const page = openProtocolPage(() => json(DOCUMENT))
  const source = createMetadataSource(page.context)
  const both = await Promise.all([source.get(), source.get()])
  expect(both[0]).toBe(both[1])
  expect(await source.get()).toBe(both[0])
  expect(page.sent).toHaveLength(1)
})

it('keeps no failure', async () => {
  const answers = [json({}, 404), json(DOCUMENT)]
  const page = openProtocolPage(() => answers.shift() ?? offline({ url: '', init: {} }))
  const source = createMetadataSource(page.context)
  expect(await refusalOf(source.get)).toEqual(refused('discovery_failed', 'status 404, application/json'))
  expect(await source.get()).toMatchObject({ jwksUri: METADATA.jwksUri })
})

it.each<[string, Answer, number]>([
  ['after a network error', offline, 2],
  ['after a 500', () => json({}, 500), 2],
  ['never after a 499', () => json({}, 499), 1],
  ['never after a redirect', opaqueRedirect, 1],
])('asks again %s', async (_name, answer, times) => {
  let asked = 0
  const page = openProtocolPage((sent) => (asked++ === 0 ? answer(sent) : json(DOCUMENT)))
  const refusing = await refusalOf(createMetadataSource(page.context).get)
  expect(page.sent).toHaveLength(times)
  expect(refusing === null).toBe(times === 2)
})

it('does not repeat what took too long or was too large', () => {
  expect(isWorthRetrying({ kind: 'failed', reason: 'timeout' })).toBe(false)
  expect(isWorthRetrying({ kind: 'failed', reason: 'too_large' })).toBe(false)
  expect(isWorthRetrying({ kind: 'failed', reason: 'network' })).toBe(true)
})

it('wants an optional endpoint on the own origin when a call needs it', async () => {
  const require = (endpoint: string | null) => () =>
    requireOptionalEndpoint(endpoint, 'some_endpoint', ISSUER)
  expect(await refusalOf(require(null))).toEqual(refused('metadata_missing', 'some_endpoint'))
  expect(await refusalOf(require('https://evil.test/x'))).toEqual(
    refused('issuer_mismatch', 'some_endpoint on another origin'),
  )
  expect(require(`${ISSUER}/x`)()).toBe(`${ISSUER}/x`)
})
