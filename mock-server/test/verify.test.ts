import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { findingRules } from '../src/index.js'
import { authorize, getUserInfo, post, readTokens, refresh, send, toAuthorizeQuery } from './support/flow.js'
import { createStrictMock, createTransaction, personal, secret, signInWell } from './support/good-client.js'

it('has nothing to say of a client that does everything right', async () => {
  const { mock, tokens } = await signInWell()
  await getUserInfo(mock, tokens.access_token)
  await post(mock, '/oauth2/userinfo', { access_token: tokens.access_token })
  const refreshed = await readTokens(await refresh(mock, tokens.refresh_token, { scope: 'openid' }))
  await send(mock, '/v1/notes', { headers: { authorization: `Bearer ${personal}` } })
  await send(mock, '/v1/anything', { headers: { authorization: `Bearer ${refreshed.access_token}` } })
  await send(
    mock,
    `/oauth2/authorize?${toAuthorizeQuery(createTransaction().parameters)}&id_token_hint=${tokens.id_token}`,
  )
  for (const token of [refreshed.access_token, tokens.refresh_token, personal, tokens.id_token]) {
    await post(mock, '/oauth2/introspect', { token })
    await post(mock, '/oauth2/revoke', { token })
  }
  const basic = { authorization: `Basic ${btoa(`basic:${secret}`)}` }
  await post(mock, '/oauth2/introspect', { token: refreshed.access_token }, basic)
  await signInWell(mock)
  expect(mock.findings()).toEqual([])
  mock.verify()
})

it('tells everything at once: an unmet fault, a leak and a mistake', async () => {
  const mock = createStrictMock()
  mock.fault('jwks.empty')
  await authorize(mock, { ...createTransaction().parameters, code_challenge_method: 'plain', t: personal })
  const failure = expect.objectContaining({
    code: 'fault_unconsumed',
    message: expect.stringMatching(
      /jwks\.empty.*\n.*personal access token in the query.*\n.*pkce\.plain/,
    ) as string,
  }) as Error
  expect(() => mock.verify()).toThrow(failure)
})

it('forgets the oldest of many requests, so that it never grows', async () => {
  const mock = createStrictMock()
  await send(mock, `/v1/notes?t=${personal}`)
  for (let count = 0; count < 2_001; count += 1) await send(mock, '/.well-known/jwks.json')
  expect(mock.findings()).toEqual([])
})

it('is the same over HTTP: findings are listed, verify answers 409', async () => {
  const mock = createStrictMock()
  await send(mock, `/v1/notes?t=${personal}`)
  const headers = { 'x-mock-token': mock.adminToken }
  const findings = await send(mock, '/__mock/findings', { headers })
  expect(await findings.json()).toEqual(mock.findings())
  const verified = await send(mock, '/__mock/verify', { method: 'POST', headers })
  expect(verified.status).toBe(409)
  expect(await verified.json()).toMatchObject({ error: 'secret_leaked' })
})

it('the README names every rule', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  for (const { rule } of findingRules) expect(readme).toContain(`\`${rule}\``)
})
