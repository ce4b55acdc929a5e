import { createMockServer, type FaultName, type MockServer } from '@spatio-labs/mock-server'
import { expect, it } from 'vitest'
import { registerClient, type ClientMetadata, type RegistrationOptions } from '../src/registration.js'
import { ISSUER, World } from './kit/world.js'

const APP: ClientMetadata = { clientName: 'My app', redirectUris: ['http://localhost:5173/'] }

function createAuthority(): { mock: MockServer; options: RegistrationOptions } {
  const mock = createMockServer({ issuer: ISSUER })
  return { mock, options: { issuer: ISSUER, fetch: (input, init) => mock.fetch(new Request(input, init)) } }
}

it('registers a public client that can sign in', async () => {
  const world = new World()
  const fetchFunction: typeof fetch = (input, init) => world.mock.fetch(new Request(input, init))
  const client = await registerClient(
    { ...APP, scope: 'openid profile email' },
    { issuer: ISSUER, fetch: fetchFunction },
  )
  expect(client).toMatchObject({
    clientId: expect.stringMatching(/^app_/) as string,
    clientSecret: null,
    registrationAccessToken: expect.stringMatching(/^rat_/) as string,
    issuedAt: Math.floor(world.clock.now() / 1000) * 1000,
    redirectUris: APP.redirectUris,
    scope: 'openid profile email',
  })
  const tab = world.browser.open()
  const first = world.page(tab, { clientId: client.clientId })
  tab.load(await world.authorize(first))
  const page = world.page(tab, { clientId: client.clientId })
  await expect(page.auth.ready()).resolves.toMatchObject({ status: 'authenticated' })
})

it('asks for a public client with both grants unless told otherwise', async () => {
  const { mock, options } = createAuthority()
  const bodies: unknown[] = []
  const spying: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    if (request.method === 'POST') bodies.push(await request.clone().json())
    return mock.fetch(request)
  }
  await registerClient(APP, { ...options, fetch: spying })
  const client = await registerClient(
    {
      ...APP,
      grantTypes: ['authorization_code'],
      tokenEndpointAuthMethod: 'client_secret_post',
      tosUri: 'https://app.test/tos',
    },
    { ...options, fetch: spying },
  )
  expect(client.clientSecret).toMatch(/^sec_/)
  expect(bodies).toEqual([
    {
      client_name: 'My app',
      redirect_uris: APP.redirectUris,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    {
      client_name: 'My app',
      redirect_uris: APP.redirectUris,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
      tos_uri: 'https://app.test/tos',
    },
  ])
})

it.each<[string, readonly string[]]>([
  ['no redirect URI', []],
  ['eleven', Array.from({ length: 11 }, (_, index) => `https://app.test/${index}`)],
  ['a relative one', ['/callback']],
  ['one with a fragment', ['https://app.test/#cb']],
  ['a script', ['javascript:alert(1)']],
])('refuses %s before anything is sent', async (_name, redirectUris) => {
  const { mock, options } = createAuthority()
  const registered = registerClient({ ...APP, redirectUris }, options)
  await expect(registered).rejects.toMatchObject({ code: 'config_invalid', phase: 'registration' })
  expect(mock.requests()).toEqual([])
})

it.each<[FaultName, object]>([
  [
    'register.429+Retry-After',
    { code: 'registration_failed', retryable: true, oauth: { error: 'rate_limit_exceeded' } },
  ],
  [
    'register.invalid_redirect_uri',
    { code: 'registration_failed', retryable: false, oauth: { error: 'invalid_redirect_uri' } },
  ],
  ['register.substituted-metadata', { code: 'registration_invalid', retryable: false }],
  ['http.500', { code: 'registration_failed', retryable: true }],
  ['http.captive-portal', { code: 'registration_failed', retryable: false }],
  ['http.json.truncated', { code: 'registration_invalid', retryable: false }],
  ['http.redirect-loop', { code: 'redirect_rejected', retryable: false }],
  ['transport.offline', { code: 'registration_failed', retryable: true }],
])('refuses %s', async (fault, expected) => {
  const { mock, options } = createAuthority()
  mock.fault(fault, {}, { endpoint: 'register' })
  await expect(registerClient(APP, options)).rejects.toMatchObject({ phase: 'registration', ...expected })
  expect(mock.requests({ endpoint: 'register' })).toHaveLength(1)
  mock.verify()
})

it('says so when the authority registers nobody, or is another one', async () => {
  const { mock, options } = createAuthority()
  mock.fault('disc.member.set', { name: 'registration_endpoint', value: undefined })
  await expect(registerClient(APP, options)).rejects.toMatchObject({ code: 'metadata_missing' })
  mock.fault('disc.issuer.mismatch')
  await expect(registerClient(APP, options)).rejects.toMatchObject({ code: 'issuer_mismatch' })
  await expect(registerClient(APP, { ...options, issuer: 'http://op.test' })).rejects.toMatchObject({
    code: 'insecure_endpoint',
  })
  expect(mock.requests({ endpoint: 'register' })).toEqual([])
})
