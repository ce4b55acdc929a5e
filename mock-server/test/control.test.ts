import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  authorize,
  confirm,
  CookieJar,
  createMock,
  getAnswer,
  getCode,
  getUserInfo,
  openConsentPage,
  otherRedirectUri,
  post,
  readJson,
  readTokens,
  redeem,
  redirectUri,
  refresh,
  send,
  signIn,
} from './support/flow.js'

describe('users at run time', () => {
  it('sign in as soon as they are added, with their further claims whatever the scope', async () => {
    const mock = createMock()
    mock.users.add({ sub: 'usr_lena', name: 'Lena Voss', claims: { plan: 'pro', roles: ['admin'] } })
    const jar = new CookieJar()
    const page = await openConsentPage(mock, jar, { scope: 'openid' })
    expect(page.text).toContain('Lena Voss')
    const answer = getAnswer(await confirm(mock, jar, page, { user: 'usr_lena' }))
    const tokens = await readTokens(await redeem(mock, answer['code'] ?? ''))
    expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: 'usr_lena', plan: 'pro', roles: ['admin'] })
    expect(await readJson(await getUserInfo(mock, tokens.access_token))).toEqual({
      sub: 'usr_lena',
      plan: 'pro',
      roles: ['admin'],
    })
  })

  it('have other claims from the next answer on', async () => {
    const mock = createMock()
    const { access_token, refresh_token } = await signIn(mock)
    mock.users.update('usr_mira', { name: 'Mira Stone', family_name: undefined })
    const claims = await readJson(await getUserInfo(mock, access_token))
    expect(claims).toMatchObject({ name: 'Mira Stone', given_name: 'Mira' })
    expect(claims).not.toHaveProperty('family_name')
    const refreshed = await readTokens(await refresh(mock, refresh_token))
    expect(decodeJwt(refreshed.id_token)).toMatchObject({ sub: 'usr_mira', name: 'Mira Stone' })
  })

  it.each(['iss', 'sub', 'aud', 'exp', 'nonce'])('cannot claim %s for themselves', (name) => {
    const mock = createMock()
    const invalid = expect.objectContaining({ code: 'invalid_option' }) as Error
    expect(() => mock.users.add({ sub: 'x', claims: { [name]: 'y' } })).toThrow(invalid)
    expect(() => mock.users.update('nobody', { name: 'x' })).toThrow(invalid)
  })

  it('are gone with everything they had when they are removed', async () => {
    const mock = createMock({
      personalAccessTokens: [{ token: 'pat_0123456789', sub: 'usr_mira', scope: 'read:*' }],
    })
    const jar = new CookieJar()
    const code = await getCode(mock, {}, jar)
    const tokens = await signIn(mock)
    expect(mock.users.remove('usr_mira')).toBe(true)
    expect(mock.users.remove('usr_mira')).toBe(false)
    expect((await redeem(mock, code)).status).toBe(400)
    expect((await refresh(mock, tokens.refresh_token)).status).toBe(400)
    const { access_token } = tokens
    for (const token of [access_token, 'pat_0123456789']) {
      expect(await readJson(await post(mock, '/oauth2/introspect', { token }))).toEqual({ active: false })
    }
    const silent = await authorize(mock, { prompt: 'none' }, jar.header)
    expect(getAnswer(silent)['error']).toBe('login_required')
  })
})

describe('clients at run time', () => {
  it('come, change and go with their codes and tokens', async () => {
    const mock = createMock()
    mock.clients.add({ client_id: 'late', redirect_uris: [redirectUri] })
    const late = { client_id: 'late' }
    const code = await getCode(mock, late)
    const tokens = await readTokens(await redeem(mock, await getCode(mock, late), late))
    const mine = await signIn(mock)
    mock.clients.add({ client_id: 'late', redirect_uris: [otherRedirectUri] })
    expect((await authorize(mock, late)).status).toBe(400)
    expect(mock.clients.remove('late')).toBe(true)
    expect(mock.clients.remove('late')).toBe(false)
    expect((await authorize(mock, { ...late, redirect_uri: otherRedirectUri })).status).toBe(400)
    mock.clients.add({ client_id: 'late', redirect_uris: [redirectUri] })
    expect((await redeem(mock, code, late)).status).toBe(400)
    expect((await refresh(mock, tokens.refresh_token, late)).status).toBe(400)
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    expect((await getUserInfo(mock, mine.access_token)).status).toBe(200)
  })
})

describe('disconnecting an app', () => {
  const disconnect = (mock: ReturnType<typeof createMock>, token: string, clientId: string) =>
    send(mock, `/v1/account/connected-apps/${clientId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })

  it('ends the tokens and codes of that app and user, and of nobody else', async () => {
    const mock = createMock()
    const other = { client_id: 'other', redirect_uri: otherRedirectUri }
    const [mine, elsewhere] = [
      await signIn(mock),
      await readTokens(await redeem(mock, await getCode(mock, other), other)),
    ]
    const jar = new CookieJar()
    const page = await openConsentPage(mock, jar)
    const yuki = getAnswer(await confirm(mock, jar, page, { user: 'usr_yuki' }))['code'] ?? ''
    const hers = await readTokens(await redeem(mock, yuki))
    const code = await getCode(mock)
    const response = await disconnect(mock, elsewhere.access_token, 'app')
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect((await redeem(mock, code)).status).toBe(400)
    expect((await getUserInfo(mock, mine.access_token)).status).toBe(401)
    expect((await refresh(mock, mine.refresh_token)).status).toBe(400)
    for (const { access_token } of [elsewhere, hers]) {
      expect((await getUserInfo(mock, access_token)).status).toBe(200)
    }
    expect((await disconnect(mock, elsewhere.access_token, 'app')).status).toBe(404)
    expect((await disconnect(mock, mine.access_token, 'app')).status).toBe(401)
  })

  it('asks for consent again, though the user is still signed in', async () => {
    const mock = createMock()
    const jar = new CookieJar()
    const { access_token } = await readTokens(await redeem(mock, await getCode(mock, {}, jar)))
    await disconnect(mock, access_token, 'app')
    const silent = await authorize(mock, { prompt: 'none' }, jar.header)
    expect(getAnswer(silent)['error']).toBe('consent_required')
  })
})

describe('the request log', () => {
  it('redacts what looks like a secret wherever it is', async () => {
    const mock = createMock()
    const { access_token, refresh_token, id_token } = await signIn(mock)
    await authorize(mock, { state: access_token, nonce: id_token, audience: `x${refresh_token}` })
    await send(mock, `/v1/account/connected-apps/${access_token}`)
    await post(mock, '/oauth2/token', {
      client_assertion: 'abc',
      password: 'hunter2',
      grant_type: refresh_token,
    })
    const log = JSON.stringify(mock.requests())
    for (const secret of [access_token, refresh_token, id_token, 'abc', 'hunter2']) {
      expect(log).not.toContain(secret)
    }
  })

  it('filters by endpoint, grant and client', async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    await refresh(mock, refresh_token)
    const token = { endpoint: 'token' } as const
    expect(mock.requests(token)).toHaveLength(2)
    expect(mock.requests({ ...token, grant: 'refresh_token' })).toHaveLength(1)
    expect(mock.requests({ ...token, grant: 'refresh_token', clientId: 'other' })).toEqual([])
    expect(mock.requests({ endpoint: 'userinfo' })).toEqual([])
  })
})
