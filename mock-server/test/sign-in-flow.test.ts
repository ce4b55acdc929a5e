import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { expect, it } from 'vitest'
import {
  createMock,
  getAnswer,
  authorize,
  getUserInfo,
  post,
  readJson,
  readTokens,
  redeem,
  refresh,
  send,
  signIn,
  getCode,
  startOfTime,
} from './support/flow.js'

it('signs in through the consent page and answers userinfo, notes, refresh and revocation', async () => {
  const mock = createMock()
  const tokens = await signIn(mock)
  expect(tokens).toMatchObject({
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'openid profile email read:*',
  })
  expect(tokens.access_token).toMatch(/^tok_[\w-]{43}$/)
  const jwks = (await (await send(mock, '/.well-known/jwks.json')).json()) as JSONWebKeySet
  const { payload } = await jwtVerify(tokens.id_token, createLocalJWKSet(jwks), {
    issuer: mock.issuer,
    audience: 'app',
    currentDate: new Date(startOfTime),
  })
  expect(payload).toMatchObject({ sub: 'usr_mira', nonce: 'n-1', name: 'Mira Okafor' })
  expect(await readJson(await getUserInfo(mock, tokens.access_token))).toMatchObject({ sub: 'usr_mira' })
  const refreshed = await readTokens(await refresh(mock, tokens.refresh_token))
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)
  const notes = await send(mock, '/v1/notes', {
    headers: { authorization: `Bearer ${refreshed.access_token}` },
  })
  expect(((await readJson(notes))['items'] as unknown[]).length).toBeGreaterThan(0)
  expect((await post(mock, '/oauth2/revoke', { token: refreshed.refresh_token })).status).toBe(200)
  expect((await getUserInfo(mock, refreshed.access_token)).status).toBe(401)
})

it('signs in without a page when consent is automatic', async () => {
  const mock = createMock({ autoConsent: true })
  const response = await authorize(mock)
  expect(response.status).toBe(302)
  const tokens = await readTokens(await redeem(mock, getAnswer(response)['code'] ?? ''))
  expect(tokens.id_token).toBeTruthy()
})

it('exchanges a code over a real port', async () => {
  const mock = createMock()
  const listener = await mock.listen()
  const code = await getCode(mock)
  const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: 'app', code })
  const { pkce } = await import('./support/flow.js')
  body.set('code_verifier', pkce.verifier)
  const response = await fetch(`${listener.url}/oauth2/token`, { method: 'POST', body })
  expect(response.status).toBe(200)
  expect(mock.issuer).toBe(listener.url)
  expect(response.headers.get('date')).toBe(new Date(startOfTime).toUTCString())
  await listener.close()
})
