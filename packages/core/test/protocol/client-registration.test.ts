import { afterEach, expect, it, vi } from 'vitest'
import { registerClient, type ClientMetadata } from '../../src/protocol/client-registration.js'
import { ISSUER, json, METADATA } from '../kit/protocol-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'

const APP: ClientMetadata = {
  clientName: 'My app',
  redirectUris: ['https://app.test/', 'https://app.test/cb'],
}
const ANSWER = { client_id: 'app_1', redirect_uris: APP.redirectUris }
const DOCUMENT = {
  issuer: ISSUER,
  authorization_endpoint: METADATA.authorizationEndpoint,
  token_endpoint: METADATA.tokenEndpoint,
  jwks_uri: METADATA.jwksUri,
  registration_endpoint: METADATA.registrationEndpoint,
}

/** An authority that answers a registration so. */
function createAuthority(answer: () => Response = () => json(ANSWER, 201), document: object = DOCUMENT) {
  const sent: { url: string; init: RequestInit }[] = []
  const fetchFunction: typeof fetch = async (input, init = {}) => {
    if (String(input).includes('/.well-known/')) return json(document)
    sent.push({ url: String(input), init })
    return answer()
  }
  return { sent, fetchFunction }
}

async function register(answer: object, metadata = APP) {
  const { fetchFunction } = createAuthority(() => json(answer, 201))
  return registerClient(metadata, { issuer: ISSUER, fetch: fetchFunction })
}

afterEach(() => void vi.unstubAllGlobals())

it('sends what the app says of itself, and what it may leave out', async () => {
  const { sent, fetchFunction } = createAuthority()
  const whole: ClientMetadata = {
    ...APP,
    grantTypes: ['authorization_code'],
    scope: 'openid',
    tokenEndpointAuthMethod: 'client_secret_post',
    clientUri: 'https://app.test/1',
    logoUri: 'https://app.test/2',
    policyUri: 'https://app.test/3',
    tosUri: 'https://app.test/4',
  }
  await registerClient(APP, { issuer: ISSUER, fetch: fetchFunction })
  await registerClient(whole, { issuer: ISSUER, fetch: fetchFunction })
  const common = { client_name: 'My app', redirect_uris: APP.redirectUris, response_types: ['code'] }
  expect(sent.map(({ init }) => JSON.parse(String(init.body)) as unknown)).toEqual([
    {
      ...common,
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    },
    {
      ...common,
      grant_types: ['authorization_code'],
      scope: 'openid',
      token_endpoint_auth_method: 'client_secret_post',
      client_uri: 'https://app.test/1',
      logo_uri: 'https://app.test/2',
      policy_uri: 'https://app.test/3',
      tos_uri: 'https://app.test/4',
    },
  ])
  expect(sent[0]).toMatchObject({
    url: METADATA.registrationEndpoint,
    init: { method: 'POST', cache: 'no-store', headers: { 'Content-Type': 'application/json' } },
  })
})

it('gives what was registered, frozen, and null for what the authority does not say', async () => {
  const whole = {
    ...ANSWER,
    redirect_uris: [...APP.redirectUris].reverse(),
    client_secret: 'sec',
    registration_access_token: 'rat',
    client_id_issued_at: 1_790_000_000,
    scope: 'openid',
  }
  const client = await register(whole)
  expect(client).toStrictEqual({
    clientId: 'app_1',
    clientSecret: 'sec',
    registrationAccessToken: 'rat',
    issuedAt: 1_790_000_000_000,
    redirectUris: APP.redirectUris,
    scope: 'openid',
  })
  expect([client, client.redirectUris].map(Object.isFrozen)).toEqual([true, true])
  const unknown = { clientSecret: null, registrationAccessToken: null, issuedAt: null, scope: null }
  expect(await register(ANSWER)).toMatchObject(unknown)
  const wrong = { client_secret: '', registration_access_token: 7, client_id_issued_at: '1', scope: [] }
  expect(await register({ ...ANSWER, ...wrong })).toMatchObject(unknown)
})

it('reads a time that is no number of seconds as unknown', async () => {
  const text = JSON.stringify(ANSWER).replace('}', ',"client_id_issued_at":1e999}')
  const { fetchFunction } = createAuthority(() => json(text, 201))
  expect(await registerClient(APP, { issuer: ISSUER, fetch: fetchFunction })).toMatchObject({
    issuedAt: null,
  })
})

const invalid = (detail: string): Refusal => refusal('registration', 'registration_invalid', { detail })
const failed = (detail: string, retryable = false): Refusal =>
  refusal('registration', 'registration_failed', { detail, retryable })

it.each<[string, () => Response, Refusal]>([
  ['no client_id', () => json({ ...ANSWER, client_id: undefined }, 201), invalid('client_id')],
  ['an empty client_id', () => json({ ...ANSWER, client_id: '' }, 201), invalid('client_id')],
  ['a client_id that is a number', () => json({ ...ANSWER, client_id: 7 }, 201), invalid('client_id')],
  ['no redirect URIs', () => json({ client_id: 'app_1' }, 201), invalid('redirect_uris')],
  [
    'redirect URIs as one text that holds both',
    () => json({ ...ANSWER, redirect_uris: 'xx' }, 201),
    invalid('redirect_uris'),
  ],
  [
    'one redirect URI fewer',
    () => json({ ...ANSWER, redirect_uris: [APP.redirectUris[0]] }, 201),
    invalid('redirect_uris'),
  ],
  [
    'one redirect URI more',
    () => json({ ...ANSWER, redirect_uris: [...APP.redirectUris, 'https://evil.test/'] }, 201),
    invalid('redirect_uris'),
  ],
  [
    'another redirect URI',
    () => json({ ...ANSWER, redirect_uris: [APP.redirectUris[0], 'https://evil.test/'] }, 201),
    invalid('redirect_uris'),
  ],
  ['a list', () => json([], 201), invalid('not a JSON object')],
  ['status 200', () => json(ANSWER, 200), failed('status 200')],
  ['status 500', () => json(ANSWER, 500), failed('status 500', true)],
])('refuses %s', async (_name, answer, expected) => {
  const { fetchFunction } = createAuthority(answer)
  const registering = () => registerClient(APP, { issuer: ISSUER, fetch: fetchFunction })
  expect(await refusalOf(registering)).toEqual(expected)
})

const many = (length: number) => Array.from({ length }, (_, index) => `https://app.test/${index}`)

it.each<[string, unknown]>([
  ['no list', 'https://app.test/'],
  ['something like a list', { length: 1, every: () => true }],
  ['an empty list', []],
  ['eleven', many(11)],
  ['one that is no text', [new URL('https://app.test/')]],
  ['one that is relative', ['/callback']],
  ['one with a fragment', ['https://app.test/#x']],
  ['a script', ['javascript:alert(1)']],
  ['a bad one behind a good one', ['https://app.test/', '/callback']],
])('refuses redirect URIs that are %s, before anything is sent', async (_name, redirectUris) => {
  const metadata = { ...APP, redirectUris } as ClientMetadata
  const registering = () => registerClient(metadata, { issuer: ISSUER, fetch: () => expect.unreachable() })
  expect(await refusalOf(registering)).toEqual(
    refusal('registration', 'config_invalid', {
      detail: 'redirectUris are not 1 to 10 URLs without a fragment',
    }),
  )
})

it('registers ten redirect URIs, of a native app too', async () => {
  const redirectUris = ['com.example.app:/cb', ...many(9)]
  const client = await register({ client_id: 'app_1', redirect_uris: redirectUris }, { ...APP, redirectUris })
  expect(client.redirectUris).toEqual(redirectUris)
})

it.each<[unknown, Refusal['code'], string]>([
  [undefined, 'metadata_missing', 'registration_endpoint'],
  ['https://evil.test/r', 'issuer_mismatch', 'registration_endpoint on another origin'],
])('registers nowhere at %s', async (registration_endpoint, code, detail) => {
  const { sent, fetchFunction } = createAuthority(undefined, { ...DOCUMENT, registration_endpoint })
  const registering = () => registerClient(APP, { issuer: ISSUER, fetch: fetchFunction })
  expect(await refusalOf(registering)).toEqual(refusal('discovery', code, { detail }))
  expect(sent).toEqual([])
})

it('uses the global fetch and the timers of its surroundings when it is given none', async () => {
  const { fetchFunction } = createAuthority(() => json(ANSWER, 201), {
    ...DOCUMENT,
    issuer: 'https://api.spatio.app',
    authorization_endpoint: 'https://api.spatio.app/authorize',
    token_endpoint: 'https://api.spatio.app/token',
    registration_endpoint: 'https://api.spatio.app/register',
  })
  vi.stubGlobal('fetch', fetchFunction)
  vi.stubGlobal(
    'setTimeout',
    vi.fn(() => 7),
  )
  vi.stubGlobal('clearTimeout', vi.fn())
  expect(await registerClient(APP)).toMatchObject({ clientId: 'app_1' })
  expect(vi.mocked(setTimeout).mock.calls).toEqual([
    [expect.any(Function), 10_000],
    [expect.any(Function), 10_000],
  ])
  expect(vi.mocked(clearTimeout).mock.calls).toEqual([[7], [7]])
})

it('ends a registration that nobody answers', async () => {
  vi.stubGlobal('setTimeout', (callback: () => void) => queueMicrotask(callback))
  const registering = () => registerClient(APP, { issuer: ISSUER, fetch: () => new Promise(() => undefined) })
  expect(await refusalOf(registering)).toEqual(
    refusal('discovery', 'discovery_failed', { detail: `timeout, ${ISSUER}`, retryable: true }),
  )
})
