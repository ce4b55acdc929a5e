import { expect, it } from 'vitest'
import { createMockServer } from '../src/index.js'
import { caseTest } from '@spatio-labs/cases'
import { createMock, post, redeem, redirectUri, refresh, send, signIn } from './support/flow.js'

caseTest('S-MOCK-02', 'is strict with no option at all', async () => {
  const mock = createMockServer()
  const response = await send(mock, '/oauth2/authorize?client_id=demo-app&redirect_uri=https://x.example/')
  expect(response.status).toBe(400)
  expect((await send(mock, '/oauth2/userinfo')).status).toBe(401)
  expect((await redeem(mock, 'invented', { client_id: 'demo-app' })).status).toBe(400)
  return response
})

caseTest('S-MOCK-04', 'logs every request with its secrets redacted', async () => {
  const mock = createMock()
  const tokens = await signIn(mock)
  await refresh(mock, tokens.refresh_token)
  await post(mock, '/oauth2/revoke', { token: tokens.access_token })
  const [refreshed] = mock.requests({ endpoint: 'token', grant: 'refresh_token' })
  expect(refreshed).toMatchObject({
    method: 'POST',
    path: '/oauth2/token',
    clientId: 'app',
    sub: 'usr_mira',
    status: 200,
    parameters: { grant_type: 'refresh_token', client_id: 'app', refresh_token: '[redacted]' },
  })
  const log = JSON.stringify(mock.requests())
  for (const secret of [tokens.access_token, tokens.refresh_token, 'cod_', 'eyJ'])
    expect(log).not.toContain(secret)
  expect(mock.requests({ endpoint: 'token' })).toHaveLength(2)
  expect(mock.requests({ clientId: 'other' })).toEqual([])
  mock.clearRequests()
  expect(mock.requests()).toEqual([])
  return undefined
})

it('logs the error of an answer and of an authorization response', async () => {
  const mock = createMock()
  await redeem(mock, 'cod_x')
  await send(mock, `/oauth2/authorize?client_id=app&redirect_uri=${encodeURIComponent(redirectUri)}`)
  const errors = mock.requests().map((request) => request.error)
  expect(errors).toEqual(['invalid_grant', 'invalid_request'])
})

caseTest('S-MOCK-05', 'keeps two mocks apart', async () => {
  const [first, second] = [createMock(), createMock({ issuer: 'http://127.0.0.1:4400/second' })]
  const { refresh_token } = await signIn(first)
  const response = await refresh(second, refresh_token)
  expect(response.status).toBe(400)
  expect(second.requests({ endpoint: 'authorize' })).toEqual([])
  return response
})

it('keeps the demo client when its redirect URIs are set', () => {
  const mock = createMockServer({ clients: [{ client_id: 'demo-app', redirect_uris: [redirectUri] }] })
  expect(mock.clients.get('demo-app')).toMatchObject({
    client_name: 'Spatio demo app',
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
    scope: 'openid profile email read:*',
  })
})

it.each<[string, () => unknown]>([
  ['an issuer with a slash', () => createMockServer({ issuer: 'https://x.example/' })],
  ['an http issuer off loopback', () => createMockServer({ issuer: 'http://x.example' })],
  ['a text that is no issuer', () => createMockServer({ issuer: 'x' })],
  ['a user without sub', () => createMockServer({ users: [{ sub: '' }] })],
  [
    'a token without its prefix',
    () => createMockServer({ personalAccessTokens: [{ token: 'x', sub: 'u', scope: '' }] }),
  ],
  ['a client without redirect URI', () => createMock().clients.add({ client_id: 'x', redirect_uris: [] })],
  ['a duration without unit', () => createMock().clock.advance('61' as '61m')],
])('refuses %s', (_what, attempt) => {
  expect(attempt).toThrow(expect.objectContaining({ code: 'invalid_option' }) as Error)
})

it('answers an unknown path with 404 and a wrong method with 405', async () => {
  const mock = createMock()
  expect((await send(mock, '/oauth2/nothing')).status).toBe(404)
  expect((await send(mock, '/v1/notes', { method: 'PUT' })).status).toBe(405)
  expect((await send(mock, '/.well-known/jwks.json', { method: 'HEAD' })).status).toBe(200)
})
