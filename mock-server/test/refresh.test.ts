import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { caseTest } from '@spatio-labs/cases'
import {
  createMock,
  getCode,
  getUserInfo,
  post,
  readJson,
  readTokens,
  redeem,
  redirectUri,
  refresh,
  signIn,
} from './support/flow.js'

async function expectInvalidGrant(response: Response): Promise<Response> {
  expect(response.status).toBe(400)
  expect(await readJson(response.clone())).toMatchObject({ error: 'invalid_grant' })
  return response
}

describe('rotation', () => {
  caseTest('S-RT-01', 'gives a new refresh token each time and lets the old one die', async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    const response = await refresh(mock, refresh_token)
    const next = await readTokens(response.clone())
    expect(next.refresh_token).not.toBe(refresh_token)
    await expectInvalidGrant(await refresh(mock, refresh_token))
    return response
  })

  caseTest('S-RT-02', 'ends the family and its access tokens when a used token comes back', async () => {
    const mock = createMock()
    const first = await signIn(mock)
    const second = await readTokens(await refresh(mock, first.refresh_token))
    const response = await expectInvalidGrant(await refresh(mock, first.refresh_token))
    await expectInvalidGrant(await refresh(mock, second.refresh_token))
    for (const { access_token } of [first, second]) {
      expect((await getUserInfo(mock, access_token)).status).toBe(401)
    }
    return response
  })

  caseTest('S-RT-02', 'leaves other sign-ins of the same user alone', async () => {
    const mock = createMock()
    const [mine, another] = [await signIn(mock), await signIn(mock)]
    await refresh(mock, mine.refresh_token)
    const response = await expectInvalidGrant(await refresh(mock, mine.refresh_token))
    expect((await refresh(mock, another.refresh_token)).status).toBe(200)
    return response
  })

  caseTest('S-RT-03', 'yields the same successor within the grace period, and not after it', async () => {
    const mock = createMock({ refreshGrace: 10 })
    const { refresh_token } = await signIn(mock)
    const first = await readTokens(await refresh(mock, refresh_token))
    mock.clock.advance('9s')
    const response = await refresh(mock, refresh_token)
    expect((await readTokens(response.clone())).refresh_token).toBe(first.refresh_token)
    mock.clock.advance('1s')
    await expectInvalidGrant(await refresh(mock, refresh_token))
    return response
  })

  caseTest('S-RT-04', 'lets exactly one of fifty uses at once win', async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    const uses = Array.from({ length: 50 }, () => refresh(mock, refresh_token))
    const won = (await Promise.all(uses)).filter((response) => response.status === 200)
    expect(won).toHaveLength(1)
    return won[0]
  })
})

describe('who may refresh', () => {
  caseTest('S-RT-05', "refuses another client and keeps the owner's family", async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    const response = await expectInvalidGrant(await refresh(mock, refresh_token, { client_id: 'other' }))
    expect((await refresh(mock, refresh_token)).status).toBe(200)
    return response
  })

  caseTest('S-RT-06', 'refuses a confidential client that does not authenticate', async () => {
    const mock = createMock()
    const code = await getCode(mock, { client_id: 'post' })
    const secret = { client_id: 'post', client_secret: 's3cret' }
    const { refresh_token } = await readTokens(await redeem(mock, code, secret))
    const response = await refresh(mock, refresh_token, { client_id: 'post' })
    expect(response.status).toBe(401)
    expect(await readJson(response.clone())).toMatchObject({ error: 'invalid_client' })
    expect((await refresh(mock, refresh_token, secret)).status).toBe(200)
    return response
  })

  caseTest('S-RT-07', 'refuses a wider scope, and a narrower one does not narrow the family', async () => {
    const mock = createMock()
    const tokens = await signIn(mock, { scope: 'openid email' })
    const response = await refresh(mock, tokens.refresh_token, { scope: 'openid email profile' })
    expect(await readJson(response.clone())).toMatchObject({ error: 'invalid_scope' })
    const narrow = await readTokens(await refresh(mock, tokens.refresh_token, { scope: 'email' }))
    expect(narrow.scope).toBe('email')
    expect((await readTokens(await refresh(mock, narrow.refresh_token))).scope).toBe('openid email')
    return response
  })

  caseTest('S-RT-09', 'issues a refresh token only to a client with that grant', async () => {
    const mock = createMock()
    mock.clients.add({ client_id: 'app', redirect_uris: [redirectUri], grant_types: ['authorization_code'] })
    const response = await redeem(mock, await getCode(mock))
    expect(await readTokens(response.clone())).not.toHaveProperty('refresh_token')
    return response
  })

  it('refuses an unknown and a missing refresh token', async () => {
    const mock = createMock()
    await expectInvalidGrant(await refresh(mock, 'rft_unknown'))
    const missing = await post(mock, '/oauth2/token', { grant_type: 'refresh_token', client_id: 'app' })
    expect(await readJson(missing)).toMatchObject({ error: 'invalid_request' })
  })
})

describe('lifetime', () => {
  caseTest('S-RT-08', 'ends at the absolute end whatever is rotated, and after lying idle', async () => {
    const mock = createMock({ refreshTokenLifetime: 100, refreshTokenIdleLifetime: 60 })
    let { refresh_token } = await signIn(mock)
    mock.clock.advance('59s')
    refresh_token = (await readTokens(await refresh(mock, refresh_token))).refresh_token
    mock.clock.advance('40s')
    refresh_token = (await readTokens(await refresh(mock, refresh_token))).refresh_token
    mock.clock.advance('1s')
    const response = await expectInvalidGrant(await refresh(mock, refresh_token))
    const idle = await signIn(mock)
    mock.clock.advance('60s')
    await expectInvalidGrant(await refresh(mock, idle.refresh_token))
    return response
  })

  caseTest('S-RT-10', 'ends every family of a user who is signed out everywhere', async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    mock.users.signOutEverywhere('usr_mira')
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    return expectInvalidGrant(await refresh(mock, tokens.refresh_token))
  })

  caseTest('S-RT-11', 'keeps iss, sub, aud and auth_time, renews iat and leaves the nonce out', async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    mock.clock.advance('10m')
    const response = await refresh(mock, tokens.refresh_token)
    const before = decodeJwt(tokens.id_token)
    const after = decodeJwt((await readTokens(response.clone())).id_token)
    const { iss, sub, aud, iat = 0, exp = 0 } = before
    expect(after).toMatchObject({
      iss,
      sub,
      aud,
      auth_time: before['auth_time'],
      iat: iat + 600,
      exp: exp + 600,
    })
    expect(after).not.toHaveProperty('nonce')
    return response
  })
})
