import { decodeJwt } from 'jose'
import { describe, expect } from 'vitest'
import { isConstantTimeEqual } from '../src/protocol/constant-time-equal.js'
import { caseTest } from '@spatio-labs/cases'
import {
  authorize,
  createMock,
  createPkce,
  getAnswer,
  getCode,
  getUserInfo,
  otherRedirectUri,
  pkce,
  readJson,
  readTokens,
  redeem,
  refresh,
} from './support/flow.js'

/** The error of a refused token request, with the answer for the case. */
async function expectRefusal(response: Response, error: string): Promise<Response> {
  expect(response.status).toBe(400)
  expect(await readJson(response.clone())).toMatchObject({ error })
  return response
}

describe('PKCE', () => {
  caseTest('S-PK-01', 'refuses a request without code_challenge', async () => {
    const response = await authorize(createMock(), { code_challenge: undefined })
    expect(getAnswer(response)['error']).toBe('invalid_request')
    return response
  })

  caseTest('S-PK-02', 'refuses the method plain, and no method', async () => {
    const mock = createMock()
    const absent = await authorize(mock, { code_challenge_method: undefined })
    expect(getAnswer(absent)['error']).toBe('invalid_request')
    const response = await authorize(mock, { code_challenge_method: 'plain' })
    expect(getAnswer(response)['error']).toBe('invalid_request')
    return response
  })

  caseTest('S-PK-03', 'refuses a code_challenge that is not 43 to 128 unreserved characters', async () => {
    const mock = createMock()
    for (const challenge of ['a'.repeat(42), 'a'.repeat(129), `${'a'.repeat(42)}=`, `${'a'.repeat(42)}é`]) {
      expect(getAnswer(await authorize(mock, { code_challenge: challenge }))['error']).toBe('invalid_request')
    }
    return authorize(mock, { code_challenge: 'short' })
  })

  caseTest('S-PK-04', 'refuses a code without its verifier', async () => {
    const mock = createMock()
    return expectRefusal(await redeem(mock, await getCode(mock), { code_verifier: '' }), 'invalid_grant')
  })

  caseTest('S-PK-05', 'refuses a wrong verifier, and the right one still works after it', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    const wrong = { code_verifier: createPkce().verifier }
    const response = await expectRefusal(await redeem(mock, code, wrong), 'invalid_grant')
    expect((await redeem(mock, code)).status).toBe(200)
    const probed = await getCode(mock)
    for (let attempt = 0; attempt < 5; attempt += 1) await redeem(mock, probed, wrong)
    await expectRefusal(await redeem(mock, probed), 'invalid_grant')
    return response
  })

  caseTest('S-PK-06', 'issues no code without a challenge, so a verifier cannot be a downgrade', async () => {
    const mock = createMock({ autoConsent: true })
    const response = await authorize(mock, { code_challenge: undefined, code_challenge_method: undefined })
    expect(getAnswer(response)).toMatchObject({ error: 'invalid_request' })
    expect(getAnswer(response)).not.toHaveProperty('code')
    await expectRefusal(await redeem(mock, 'cod_never_issued'), 'invalid_grant')
    return response
  })

  caseTest('S-PK-07', 'compares challenges without telling where they differ', () => {
    expect(isConstantTimeEqual('abc', 'abc')).toBe(true)
    for (const other of ['abd', 'xbc', 'ab', 'abcd', ''])
      expect(isConstantTimeEqual('abc', other)).toBe(false)
    expect(isConstantTimeEqual('', 'a')).toBe(false)
    return undefined
  })

  caseTest('S-PK-08', 'hides the challenge: a code is random and tells nothing', async () => {
    const code = await getCode(createMock())
    expect(code).toMatch(/^cod_[\w-]{43}$/)
    expect(code).not.toContain(pkce.challenge)
  })
})

describe('authorization code', () => {
  caseTest('S-CODE-01', 'redeems a code once', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    expect((await redeem(mock, code)).status).toBe(200)
    return expectRefusal(await redeem(mock, code), 'invalid_grant')
  })

  caseTest('S-CODE-02', 'revokes the tokens of a code that is redeemed twice', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    const tokens = await readTokens(await redeem(mock, code))
    const response = await expectRefusal(await redeem(mock, code), 'invalid_grant')
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    await expectRefusal(await refresh(mock, tokens.refresh_token), 'invalid_grant')
    return response
  })

  caseTest('S-CODE-02', 'still revokes when the replay comes after the code has expired', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    const tokens = await readTokens(await redeem(mock, code))
    mock.clock.advance('5m')
    const response = await expectRefusal(await redeem(mock, code), 'invalid_grant')
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    return response
  })

  caseTest('S-CODE-03', 'keeps the tokens when the replay has a wrong verifier', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    const tokens = await readTokens(await redeem(mock, code))
    const replay = await redeem(mock, code, { code_verifier: createPkce().verifier })
    const response = await expectRefusal(replay, 'invalid_grant')
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(200)
    return response
  })

  caseTest('S-CODE-04', 'lets one of fifty redemptions at once win', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    const responses = await Promise.all(Array.from({ length: 50 }, () => redeem(mock, code)))
    expect(responses.filter((response) => response.status === 200)).toHaveLength(1)
    const refused = responses.find((response) => response.status !== 200)
    if (!refused) throw new Error('None was refused')
    return expectRefusal(refused, 'invalid_grant')
  })

  caseTest('S-CODE-05', 'refuses a code older than a minute', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    const late = await getCode(mock)
    mock.clock.advance('59s')
    expect((await redeem(mock, code)).status).toBe(200)
    mock.clock.advance('1s')
    return expectRefusal(await redeem(mock, late), 'invalid_grant')
  })

  caseTest('S-CODE-06', 'refuses a code from another client and leaves it alive', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    // All else is right or absent, so that nothing but the client can be what is refused.
    for (const redirect_uri of ['', otherRedirectUri]) {
      await expectRefusal(await redeem(mock, code, { client_id: 'other', redirect_uri }), 'invalid_grant')
    }
    const response = await expectRefusal(await redeem(mock, code, { client_id: 'other' }), 'invalid_grant')
    expect((await redeem(mock, code)).status).toBe(200)
    return response
  })

  caseTest('S-CODE-07', 'refuses another redirect_uri; an absent one is OAuth 2.1', async () => {
    const mock = createMock()
    const code = await getCode(mock)
    const response = await redeem(mock, code, { redirect_uri: 'https://app.example/other' })
    await expectRefusal(response.clone(), 'invalid_grant')
    expect((await redeem(mock, code, { redirect_uri: '' })).status).toBe(200)
    return response
  })

  caseTest(
    'S-CODE-08',
    'takes the nonce from the authorization request, never from the token call',
    async () => {
      const mock = createMock()
      const response = await redeem(mock, await getCode(mock, { nonce: 'asked' }), { nonce: 'smuggled' })
      expect(decodeJwt((await readTokens(response.clone())).id_token)['nonce']).toBe('asked')
      const without = await redeem(mock, await getCode(mock, { nonce: undefined }), { nonce: 'smuggled' })
      expect(decodeJwt((await readTokens(without)).id_token)).not.toHaveProperty('nonce')
      return response
    },
  )

  caseTest('S-CODE-09', 'gives codes 256 random bits, each one its own', async () => {
    const mock = createMock()
    const codes = await Promise.all(Array.from({ length: 20 }, () => getCode(mock)))
    expect(new Set(codes).size).toBe(20)
    for (const code of codes) expect(code).toMatch(/^cod_[\w-]{43}$/)
  })
})
