import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { caseTest } from '@spatio-labs/cases'
import { createMock, getUserInfo, post, readJson, refresh, send, signIn } from './support/flow.js'

describe('userinfo', () => {
  caseTest('S-UI-01', 'answers GET and POST with a header, and POST with a form field', async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    const headers = { authorization: `Bearer ${access_token}` }
    const answers = [
      await send(mock, '/oauth2/userinfo', { headers }),
      await send(mock, '/oauth2/userinfo', { method: 'POST', headers }),
      await post(mock, '/oauth2/userinfo', { access_token }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(await readJson(answer.clone())).toMatchObject({ sub: 'usr_mira', name: 'Mira Okafor' })
    }
    return answers[0]
  })

  caseTest('S-UI-02', 'ignores a token in the query', async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    const response = await send(mock, `/oauth2/userinfo?access_token=${access_token}`)
    expect(response.status).toBe(401)
    return response
  })

  caseTest('S-UI-03', 'accepts the scheme in any case', async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    for (const scheme of ['bearer', 'BEARER', 'Bearer']) {
      const headers = { authorization: `${scheme} ${access_token}` }
      expect((await send(mock, '/oauth2/userinfo', { headers })).status).toBe(200)
    }
    return send(mock, '/oauth2/userinfo', { headers: { authorization: `bearer ${access_token}` } })
  })

  caseTest(
    'S-UI-04',
    'challenges without an error code for no token, with invalid_token for a bad one',
    async () => {
      const mock = createMock()
      const { access_token } = await signIn(mock)
      const absent = await send(mock, '/oauth2/userinfo', { headers: { origin: 'https://app.example' } })
      expect(absent.status).toBe(401)
      expect(absent.headers.get('www-authenticate')).toMatch(/^Bearer (?!.*error)/)
      expect(absent.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
      expect((await getUserInfo(mock, 'tok_bad')).status).toBe(401)
      mock.clock.advance('1h')
      const response = await getUserInfo(mock, access_token)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
      expect(await response.clone().text()).toBe('')
      return response
    },
  )

  caseTest('S-UI-05', 'tells the sub of the id_token and no claim outside the scope', async () => {
    const mock = createMock()
    const tokens = await signIn(mock, { scope: 'openid email' })
    const response = await getUserInfo(mock, tokens.access_token)
    expect(await readJson(response.clone())).toEqual({
      sub: decodeJwt(tokens.id_token).sub,
      email: 'mira@example.com',
      email_verified: true,
    })
    return response
  })

  it('refuses a token that is sent twice', async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    const headers = { authorization: `Bearer ${access_token}` }
    const response = await post(mock, '/oauth2/userinfo', { access_token }, headers)
    expect(await readJson(response)).toMatchObject({ error: 'invalid_request' })
  })
})

describe('the protected API', () => {
  it("answers notes in the SDK's envelope, and an ApiError without a token or without the scope", async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    const headers = { authorization: `Bearer ${access_token}`, origin: 'https://app.example' }
    const notes = await send(mock, '/v1/notes', { headers })
    expect(notes.headers.get('access-control-allow-origin')).toBe('https://app.example')
    const { items, accounts } = (await notes.json()) as {
      items: Record<string, unknown>[]
      accounts: unknown[]
    }
    expect(items[0]).toMatchObject({ id: 'note_1', archived: false, ownerUserId: 'usr_mira' })
    expect(accounts).toEqual([expect.objectContaining({ provider: 'native-notes', status: 'ok' })])
    const absent = await send(mock, '/v1/notes')
    expect(absent.status).toBe(401)
    expect(await readJson(absent)).toEqual({ error: 'The caller is not authenticated', code: 'unauthorized' })
    const narrow = await signIn(mock, { scope: 'openid' })
    const refused = await send(mock, '/v1/notes', {
      headers: { authorization: `Bearer ${narrow.access_token}` },
    })
    expect(refused.status).toBe(403)
  })

  it('lists connected apps, and disconnecting one ends every token of it', async () => {
    const mock = createMock()
    const [first, second] = [await signIn(mock), await signIn(mock, { scope: 'openid' })]
    const headers = { authorization: `Bearer ${second.access_token}` }
    const list = await send(mock, '/v1/account/connected-apps', { headers })
    const { items } = (await list.json()) as { items: unknown[] }
    expect(items).toEqual([
      expect.objectContaining({
        client_id: 'app',
        client_name: 'Test app',
        scopes: ['openid', 'profile', 'email', 'read:*'],
        granted_at: '2026-01-01T00:00:00.000Z',
      }),
    ])
    const missing = await send(mock, '/v1/account/connected-apps/nobody', { method: 'DELETE', headers })
    expect(missing.status).toBe(404)
    const response = await send(mock, '/v1/account/connected-apps/app', { method: 'DELETE', headers })
    expect([response.status, await response.text()]).toEqual([200, ''])
    for (const tokens of [first, second]) {
      expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
      expect((await refresh(mock, tokens.refresh_token)).status).toBe(400)
    }
  })

  it("draws a user's picture where the claim points", async () => {
    const mock = createMock()
    const claims = await readJson(await getUserInfo(mock, (await signIn(mock)).access_token))
    const picture = await mock.fetch(new Request(String(claims['picture'])))
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
    expect(await picture.text()).toMatch(/\bMO\b/)
  })
})
