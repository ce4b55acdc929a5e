import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createMockServer } from '../src/index.js'
import { spatioMockHandlers } from '../src/msw/msw-handlers.js'
import { createPkce, pkce, readTokens, redirectUri, toAuthorizeQuery } from './support/flow.js'

const issuer = 'https://api.spatio.test'
const mock = createMockServer({ issuer, clients: [{ client_id: 'app', redirect_uris: [redirectUri] }] })
const elsewhere = http.all('*', () => HttpResponse.text('elsewhere'))
const server = setupServer(...spatioMockHandlers(mock), elsewhere)

beforeAll(() => server.listen())
beforeEach(() => mock.clearFaults())
afterAll(() => server.close())

const getCode = async (): Promise<string> => {
  const callback = await mock.browser().signIn(`${issuer}/oauth2/authorize?${toAuthorizeQuery()}`)
  return callback.searchParams.get('code') ?? ''
}

const redeem = async (changes: Record<string, string> = {}): Promise<Response> =>
  fetch(`${issuer}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'app',
      code: await getCode(),
      redirect_uri: redirectUri,
      code_verifier: pkce.verifier,
      ...changes,
    }),
  })

it('refuses what the mock refuses', async () => {
  const response = await redeem({ code_verifier: createPkce().verifier })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: 'invalid_grant' })
})

it('leaves requests to others alone', async () => {
  const response = await fetch('https://api.spatio.test.elsewhere.example/v1/notes')
  expect(await response.text()).toBe('elsewhere')
})

it('turns a lost connection into a network error', async () => {
  using _fault = mock.fault('transport.offline')
  await expect(fetch(`${issuer}/.well-known/jwks.json`)).rejects.toThrow(TypeError)
  mock.verify()
})

it('answers discovery, keys, tokens, userinfo and notes to a real fetch of the issuer', async () => {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`)
  expect(await discovery.json()).toMatchObject({ issuer })
  expect((await fetch(`${issuer}/.well-known/jwks.json`)).status).toBe(200)
  const tokens = await readTokens(await redeem())
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const userInfo = await fetch(`${issuer}/oauth2/userinfo`, { headers })
  expect(await userInfo.json()).toMatchObject({ sub: 'usr_mira' })
  expect((await fetch(`${issuer}/v1/notes`, { headers })).status).toBe(200)
})
