import { describe, expect, it } from 'vitest'
import type { ResourceFaults } from '../src/faults/resource-faults.js'
import type { FaultName, MockServer } from '../src/index.js'
import { createMock, getUserInfo, post, readJson, send, signIn, startOfTime } from './support/flow.js'
import { expectStruck } from './support/fault-run.js'

it('register.rat-rejected names a management URI and refuses the token there', async () => {
  const mock = createMock()
  const register = async (): Promise<Record<string, string>> => {
    const body = JSON.stringify({ client_name: 'x', redirect_uris: ['https://x.example/'] })
    const headers = { 'content-type': 'application/json' }
    return (await readJson(await send(mock, '/oauth2/register', { method: 'POST', body, headers }))) as never
  }
  const manage = (uri: string, token: string): Promise<Response> =>
    mock.fetch(new Request(uri, { method: 'PUT', headers: { authorization: `Bearer ${token}` } }))
  const plain = await register()
  expect(plain['registration_client_uri']).toBeUndefined()
  const { client_id = '', registration_access_token: token = '' } = plain
  expect((await manage(`${mock.issuer}/oauth2/register/${client_id}`, token)).status).toBe(404)
  mock.fault('register.rat-rejected')
  const { registration_client_uri: uri = '', registration_access_token: rejected = '' } = await register()
  const response = await manage(uri, rejected)
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([
    401,
    'Bearer error="invalid_token"',
  ])
})

describe('a fault after the sign-in', () => {
  const registration = { client_name: 'x', redirect_uris: ['https://x.example/'] }
  const requests: Record<string, (mock: MockServer, token: string) => Promise<Response>> = {
    userinfo: getUserInfo,
    api: (mock, token) => send(mock, '/v1/notes', { headers: { authorization: `Bearer ${token}` } }),
    introspect: (mock, token) => post(mock, '/oauth2/introspect', { token }),
    revoke: (mock, token) => post(mock, '/oauth2/revoke', { token }),
    register: (mock) =>
      send(mock, '/oauth2/register', {
        method: 'POST',
        body: JSON.stringify(registration),
        headers: { 'content-type': 'application/json' },
      }),
  }
  const outcomes: Record<keyof ResourceFaults, [status: number, body?: object]> = {
    'userinfo.sub.mismatch': [200, { sub: 'usr_someone_else', name: 'Mira Okafor' }],
    'userinfo.sub.missing': [200, { name: 'Mira Okafor' }],
    'userinfo.401': [401],
    'userinfo.jwt-unexpected': [200],
    'userinfo.member.set': [200, { name: 'Mira Okafor' }],
    'api.401': [401, { code: 'unauthorized' }],
    'introspect.inactive': [200, { active: false }],
    'introspect.other-client': [200, { active: true, client_id: 'someone-else' }],
    'introspect.extra-clock-skew': [200, { active: true, exp: startOfTime / 1000 - 600 }],
    'introspect.member.set': [200, { token_type: 'oauth' }],
    'revoke.503': [503, { error: 'temporarily_unavailable' }],
    'revoke.unsupported_token_type': [400, { error: 'unsupported_token_type' }],
    'register.429+Retry-After': [429, { error: 'rate_limit_exceeded' }],
    'register.invalid_redirect_uri': [400, { error: 'invalid_redirect_uri' }],
    'register.rat-rejected': [201, { registration_access_token: expect.any(String) as string }],
    'register.substituted-metadata': [201, { redirect_uris: ['https://someone-else.example/'] }],
  }
  it.each(Object.entries(outcomes) as [FaultName, [number, object?]][])(
    '%s is what it says',
    async (name, [status, body]) => {
      const mock = createMock()
      const { access_token } = await signIn(mock)
      mock.fault(name)
      const response = await requests[name.split('.')[0] ?? '']?.(mock, access_token)
      if (!response) throw new Error(`No request for ${name}`)
      expect(response.status).toBe(status)
      if (body) expect(await readJson(response.clone())).toMatchObject(body)
      if (name === 'userinfo.sub.missing') expect(await readJson(response)).not.toHaveProperty('sub')
      if (name === 'userinfo.jwt-unexpected')
        expect(response.headers.get('content-type')).toBe('application/jwt')
      expectStruck(mock, name)
    },
  )
})

it('refuses the registration access token of the client it struck, and leaves another alone', async () => {
  const mock = createMock()
  const register = async (): Promise<Record<string, unknown>> => {
    const body = JSON.stringify({ client_name: 'x', redirect_uris: ['https://app.example/cb'] })
    const headers = { 'content-type': 'application/json' }
    return readJson(await send(mock, '/oauth2/register', { method: 'POST', body, headers }))
  }
  mock.fault('register.rat-rejected')
  const struck = await register()
  const other = await register()
  expect(struck).toHaveProperty('registration_client_uri')
  expect(other).not.toHaveProperty('registration_client_uri')
  const getStatus = async (client: Record<string, unknown>): Promise<number> =>
    (await send(mock, `/oauth2/register/${String(client['client_id'])}`)).status
  expect([await getStatus(struck), await getStatus(other)]).toEqual([401, 404])
})
