import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { caseTest } from '@spatio-labs/cases'
import {
  createMock,
  getCode,
  post,
  readJson,
  readTokens,
  redeem,
  redirectUri,
  refresh,
  send,
  signIn,
  startOfTime,
} from './support/flow.js'

const code = { grant_type: 'authorization_code', code: 'cod_x', code_verifier: 'v'.repeat(43) }

describe('token endpoint', () => {
  caseTest('S-TOKEN-01', 'refuses GET and says what it allows', async () => {
    const response = await send(createMock(), '/oauth2/token')
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    return response
  })

  caseTest('S-TOKEN-02', 'refuses JSON, text, an empty body and malformed encoding', async () => {
    const mock = createMock()
    const headers = { 'content-type': 'application/json' }
    const bodies: RequestInit[] = [
      { method: 'POST' },
      { method: 'POST', body: 'grant_type=authorization_code' },
      {
        method: 'POST',
        body: new URLSearchParams({ ...code, x: 'y' }),
        headers: { 'content-type': 'text/plain' },
      },
      { method: 'POST', body: 'code=%zz', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ]
    for (const init of bodies) {
      expect(await readJson(await send(mock, '/oauth2/token', init))).toMatchObject({
        error: 'invalid_request',
      })
    }
    return send(mock, '/oauth2/token', { method: 'POST', body: JSON.stringify(code), headers })
  })

  caseTest('S-TOKEN-03', 'refuses every grant_type Spatio does not have', async () => {
    const mock = createMock()
    for (const grant of ['password', 'implicit', 'client_credentials', 'Authorization_Code', '__proto__']) {
      const response = await post(mock, '/oauth2/token', { grant_type: grant, client_id: 'app' })
      expect(await readJson(response)).toMatchObject({ error: 'unsupported_grant_type' })
    }
    return post(mock, '/oauth2/token', { grant_type: 'password', client_id: 'app' })
  })

  caseTest('S-TOKEN-04', 'refuses a grant the client is not registered for', async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    mock.clients.add({ client_id: 'app', redirect_uris: [redirectUri], grant_types: ['authorization_code'] })
    const response = await refresh(mock, refresh_token)
    expect(await readJson(response.clone())).toMatchObject({ error: 'unauthorized_client' })
    return response
  })

  caseTest('S-TOKEN-05', 'refuses a repeated parameter', async () => {
    const form = `${new URLSearchParams({ ...code, client_id: 'app' }).toString()}&code=cod_y`
    const response = await post(createMock(), '/oauth2/token', form)
    expect(await readJson(response.clone())).toMatchObject({ error: 'invalid_request' })
    return response
  })

  caseTest('S-TOKEN-06', 'answers JSON that is not stored and sets no cookie', async () => {
    const mock = createMock()
    const failure = await redeem(mock, 'cod_x')
    const response = await redeem(mock, await getCode(mock))
    for (const answer of [failure, response]) {
      expect(answer.headers.get('content-type')).toBe('application/json')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    return response
  })

  caseTest(
    'S-TOKEN-07',
    'answers 400, and 401 with a challenge when the header does not authenticate',
    async () => {
      const mock = createMock()
      const authorization = `Basic ${btoa('basic:wrong')}`
      const failed = await post(mock, '/oauth2/token', code, { authorization })
      expect(failed.status).toBe(401)
      expect(failed.headers.get('www-authenticate')).toMatch(/^Basic /)
      expect(await readJson(failed)).toMatchObject({ error: 'invalid_client' })
      return redeem(mock, 'cod_x')
    },
  )

  caseTest('S-TOKEN-08', 'describes errors in plain ASCII and echoes nothing', async () => {
    const mock = createMock()
    const responses = await Promise.all([
      redeem(mock, 'sécret"\\'),
      refresh(mock, 'sécret'),
      post(mock, '/oauth2/token', { grant_type: 'sécret', client_id: 'app' }),
      post(mock, '/oauth2/token', { ...code, client_id: 'sécret' }),
    ])
    for (const response of responses) {
      const description = String((await readJson(response.clone()))['error_description'])
      expect(description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
      expect(description).not.toContain('cret')
    }
    return responses[0]
  })

  caseTest('S-TOKEN-09', 'always tells the scope', async () => {
    const mock = createMock()
    const response = await redeem(mock, await getCode(mock, { scope: 'openid' }))
    expect((await readTokens(response.clone())).scope).toBe('openid')
    return response
  })

  caseTest('S-TOKEN-11', 'issues an opaque access token of 43 characters', async () => {
    const mock = createMock()
    const response = await redeem(mock, await getCode(mock))
    const { access_token, expires_in } = await readTokens(response.clone())
    expect(access_token).toMatch(/^tok_[\w-]{43}$/)
    expect(expires_in).toBe(3600)
    return response
  })

  caseTest('S-TOKEN-12', 'never redirects', async () => {
    const mock = createMock()
    const response = await redeem(mock, await getCode(mock), { redirect_uri: redirectUri })
    for (const answer of [response, await redeem(mock, 'x'), await send(mock, '/oauth2/token')]) {
      expect(answer.headers.get('location')).toBeNull()
    }
    return response
  })
})

describe('id_token', () => {
  caseTest('S-TOKEN-10', 'has every claim, the nonce as sent, and verifies by the JWKS', async () => {
    const mock = createMock()
    const response = await redeem(mock, await getCode(mock, { nonce: 'n/ä+ ' }))
    const tokens = await readTokens(response.clone())
    const jwks = (await (await send(mock, '/.well-known/jwks.json')).json()) as JSONWebKeySet
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token, createLocalJWKSet(jwks), {
      algorithms: ['RS256'],
      issuer: mock.issuer,
      audience: 'app',
      currentDate: new Date(startOfTime),
    })
    const now = startOfTime / 1000
    const hash = createHash('sha256').update(tokens.access_token).digest().subarray(0, 16)
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'spatio-mock-public-do-not-trust-1' })
    expect(payload).toMatchObject({
      sub: 'usr_mira',
      iat: now,
      exp: now + 3600,
      auth_time: now,
      nonce: 'n/ä+ ',
    })
    expect(payload['at_hash']).toBe(hash.toString('base64url'))
    expect(payload['picture']).toBe(`${mock.issuer}/avatars/usr_mira.svg`)
    return response
  })

  it('comes only with the scope openid, and tells only what the scope allows', async () => {
    const mock = createMock()
    expect(await signIn(mock, { scope: 'read:*' })).not.toHaveProperty('id_token')
    const claims = decodeJwt((await signIn(mock, { scope: 'openid email' })).id_token)
    expect(claims).toMatchObject({ email: 'mira@example.com', email_verified: true })
    expect(claims).not.toHaveProperty('name')
  })

  it('is signed by the next key after a rotation', async () => {
    const mock = createMock()
    await mock.keys.rotate({ retire: 'keep' })
    const { id_token } = await signIn(mock)
    expect(decodeProtectedHeader(id_token).kid).toBe('spatio-mock-public-do-not-trust-2')
  })
})
