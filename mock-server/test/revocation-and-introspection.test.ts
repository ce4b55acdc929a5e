import { describe, expect, it } from 'vitest'
import { caseTest } from '@spatio-labs/cases'
import {
  createMock,
  getUserInfo,
  post,
  readJson,
  refresh,
  send,
  signIn,
  startOfTime,
} from './support/flow.js'

const pat = 'pat_0123456789abcdef'

describe('revocation', () => {
  caseTest('S-REV-01', 'succeeds for an unknown, expired or already revoked token', async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    await post(mock, '/oauth2/revoke', { token: access_token })
    mock.clock.advance('2h')
    for (const token of [access_token, 'tok_unknown', 'garbage']) {
      const response = await post(mock, '/oauth2/revoke', { token })
      expect([response.status, await response.text()]).toEqual([200, ''])
    }
    return post(mock, '/oauth2/revoke', { token: 'tok_unknown' })
  })

  caseTest('S-REV-02', 'ends the access tokens with the refresh token', async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    const response = await post(mock, '/oauth2/revoke', { token: tokens.refresh_token })
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    expect((await refresh(mock, tokens.refresh_token)).status).toBe(400)
    return response
  })

  caseTest('S-REV-03', 'refuses a client that revokes what belongs to another', async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    const response = await post(mock, '/oauth2/revoke', { token: tokens.refresh_token, client_id: 'other' })
    expect(response.status).toBe(400)
    expect(await readJson(response.clone())).toMatchObject({ error: 'invalid_grant' })
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(200)
    expect(
      (await post(mock, '/oauth2/revoke', { token: tokens.refresh_token, client_id: 'app' })).status,
    ).toBe(200)
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    return response
  })

  caseTest('S-REV-04', 'searches tokens of every kind whatever the hint says', async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    const hinted = { token: tokens.refresh_token, token_type_hint: 'access_token' }
    const response = await post(mock, '/oauth2/revoke', hinted)
    expect((await refresh(mock, tokens.refresh_token)).status).toBe(400)
    for (const token_type_hint of ['refresh_token', 'pat', 'x']) {
      const { access_token: token } = await signIn(mock)
      expect((await post(mock, '/oauth2/revoke', { token, token_type_hint })).status).toBe(200)
      expect((await getUserInfo(mock, token)).status).toBe(401)
    }
    return response
  })

  caseTest('S-REV-05', 'never claims success when the store fails', async () => {
    const mock = createMock()
    const { access_token: token } = await signIn(mock)
    mock.fault('revoke.503')
    const response = await post(mock, '/oauth2/revoke', { token })
    expect(response.headers.get('retry-after')).toBe('1')
    expect((await getUserInfo(mock, token)).status).toBe(200)
    mock.verify()
    return response
  })

  it('revokes an access token alone, and a personal access token', async () => {
    const mock = createMock({ personalAccessTokens: [{ token: pat, sub: 'usr_mira', scope: 'read:*' }] })
    const tokens = await signIn(mock)
    await post(mock, '/oauth2/revoke', { token: tokens.access_token })
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    expect((await refresh(mock, tokens.refresh_token)).status).toBe(200)
    await post(mock, '/oauth2/revoke', { token: pat })
    expect(await readJson(await post(mock, '/oauth2/introspect', { token: pat }))).toEqual({ active: false })
  })

  it('refuses a request without a token', async () => {
    expect((await post(createMock(), '/oauth2/revoke', { x: 'y' })).status).toBe(400)
  })
})

describe('introspection', () => {
  caseTest('S-REV-06', 'asks for credentials of a confidential client once the option says so', async () => {
    const mock = createMock({ introspectionAuth: true })
    const { access_token: token } = await signIn(mock)
    expect((await post(mock, '/oauth2/introspect', { token, client_id: 'app' })).status).toBe(401)
    const owner = { token, client_id: 'post', client_secret: 's3cret' }
    // Foreign: the token is the public client's.
    expect(await readJson(await post(mock, '/oauth2/introspect', owner))).toEqual({ active: false })
    const response = await post(mock, '/oauth2/introspect', { token, client_id: 'post', client_secret: 'x' })
    expect(response.status).toBe(401)
    return response
  })

  caseTest('S-REV-06', 'answers without credentials by default, as Spatio does', async () => {
    const mock = createMock()
    const { access_token: token } = await signIn(mock)
    const response = await post(mock, '/oauth2/introspect', { token })
    expect(await readJson(response.clone())).toMatchObject({ active: true })
    return response
  })

  caseTest('S-REV-07', 'says nothing but inactive of an expired, revoked or unknown token', async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    const revoked = await signIn(mock)
    await post(mock, '/oauth2/revoke', { token: revoked.access_token })
    mock.clock.advance('1h')
    for (const token of [tokens.access_token, revoked.access_token, tokens.refresh_token, 'x', pat]) {
      expect(await readJson(await post(mock, '/oauth2/introspect', { token }))).toEqual({ active: false })
    }
    return post(mock, '/oauth2/introspect', { token: 'x' })
  })

  caseTest('S-REV-08', "tells of a live token in Spatio's words", async () => {
    const mock = createMock()
    const { access_token } = await signIn(mock)
    const response = await post(mock, '/oauth2/introspect', { token: access_token })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await readJson(response.clone())).toEqual({
      active: true,
      token_type: 'oauth',
      client_id: 'app',
      user_id: 'usr_mira',
      workspace_id: 'wks_studio',
      scope: 'openid profile email read:*',
      exp: startOfTime / 1000 + 3600,
    })
    return response
  })

  it('tells of a seeded personal access token until it expires', async () => {
    const expiresAt = startOfTime + 60_000
    const mock = createMock({
      personalAccessTokens: [{ token: pat, sub: 'usr_yuki', scope: 'read:*', expiresAt }],
    })
    expect(await readJson(await post(mock, '/oauth2/introspect', { token: pat }))).toEqual({
      active: true,
      token_type: 'pat',
      user_id: 'usr_yuki',
      scope: 'read:*',
      exp: expiresAt / 1000,
    })
    const notes = await send(mock, '/v1/notes', { headers: { authorization: `Bearer ${pat}` } })
    expect(notes.status).toBe(200)
    mock.clock.advance('1m')
    expect(await readJson(await post(mock, '/oauth2/introspect', { token: pat }))).toEqual({ active: false })
  })
})
