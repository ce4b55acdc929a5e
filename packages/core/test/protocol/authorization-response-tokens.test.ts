import { expect, it } from 'vitest'
import { METADATA, NOW, offline } from '../kit/protocol-page.js'
import { refusal, type Refusal } from '../kit/refusal.js'
import { answerSignIn, GOOD_QUERY, TOKENS, type SignInPage, type SignInSetting } from '../kit/sign-in-page.js'

const HOUR = 3600

const ofToken = (code: Refusal['code'], detail: string | null = null) => refusal('id_token', code, { detail })

it.each<[string, SignInSetting, Refusal]>([
  ['no id_token', { tokens: { id_token: undefined } }, refusal('token', 'id_token_missing')],
  ['an id_token that is none', { tokens: { id_token: 'x' } }, ofToken('id_token_malformed')],
  ['another nonce', { claims: { nonce: 'x' } }, ofToken('id_token_nonce_mismatch')],
  ['no nonce', { claims: { nonce: undefined } }, ofToken('id_token_nonce_missing')],
  ['another issuer', { claims: { iss: 'https://evil.test' } }, ofToken('id_token_iss_mismatch')],
  ['another audience', { claims: { aud: 'other' } }, ofToken('id_token_aud_mismatch')],
  ['the hash of another token', { claims: { at_hash: 'x' } }, ofToken('id_token_at_hash_mismatch')],
  [
    'a scope that is too small',
    { options: { requiredScopes: ['email', 'notes'] } },
    refusal('token', 'scope_insufficient'),
  ],
  [
    'a granted scope that is too small',
    { options: { requiredScopes: ['email'] }, tokens: { scope: 'openid emails' } },
    refusal('token', 'scope_insufficient'),
  ],
])('refuses %s, and gives the tokens back to be revoked', async (_name, setting, expected) => {
  const { result, refused: found } = await answerSignIn(GOOD_QUERY, setting)
  expect(found).toEqual(expected)
  expect(result).toMatchObject({
    discarded: {
      accessToken: TOKENS.access_token,
      refreshToken: TOKENS.refresh_token,
      revocationEndpoint: METADATA.revocationEndpoint,
    },
  })
})

it('prefers the granted scope to the one that was asked for', async () => {
  const setting = { options: { requiredScopes: ['openid', 'notes'] }, tokens: { scope: 'openid notes' } }
  const { result } = await answerSignIn(GOOD_QUERY, setting)
  expect(result).toMatchObject({ kind: 'signed-in', tokenSet: { scope: 'openid notes' } })
})

const OUT_OF_RANGE = 'id_token_iat_out_of_range'
const timeOf = (seconds: number) => ({
  time: () => new Response(null, { headers: { date: new Date(seconds * 1000).toUTCString() } }),
})
const issuedAt = (iat: number) => ({ claims: { iat, exp: iat + 3600 } })

it.each<[string, SignInSetting, Refusal | null]>([
  ['a fresh token on a device an hour slow', { ...timeOf(NOW + HOUR), ...issuedAt(NOW + HOUR) }, null],
  ['a fresh token on a device an hour fast', { ...timeOf(NOW - HOUR), ...issuedAt(NOW - HOUR) }, null],
  [
    'a token of two hours ago on a device that is as slow',
    { ...timeOf(NOW + 2 * HOUR), ...issuedAt(NOW) },
    ofToken('id_token_expired', 'measured clock'),
  ],
  [
    'a token from the future without a time source',
    { time: offline, ...issuedAt(NOW + HOUR) },
    ofToken(OUT_OF_RANGE, 'device clock'),
  ],
  ['a token that is not fresh', issuedAt(NOW - 700), ofToken(OUT_OF_RANGE, 'measured clock')],
  ['one for which the app waits longer', { ...issuedAt(NOW - 700), options: { maxTokenAge: 700 } }, null],
  ['one within the tolerance of the app', { ...issuedAt(NOW - 700), options: { clockTolerance: 101 } }, null],
])('judges %s by the time that was measured', async (_name, setting, expected) => {
  const { refused: found } = await answerSignIn(GOOD_QUERY, setting)
  expect(found).toEqual(expected)
})

it('counts the lifetime by the clock of the device, when the answer came', async () => {
  const page: { clock?: SignInPage['clock'] } = {}
  const time = timeOf(NOW + HOUR).time
  const setting = { ...issuedAt(NOW + HOUR), time: async () => (await page.clock?.advance(2000), time()) }
  const { result } = await answerSignIn(GOOD_QUERY, setting, {}, ({ clock }) => void (page.clock = clock))
  expect(result).toMatchObject({ tokenSet: { receivedAt: (NOW + 2) * 1000 } })
})

it('holds max_age against the token when it was asked for', async () => {
  const asked = { maxAge: 100 }
  const fresh = await answerSignIn(GOOD_QUERY, { claims: { auth_time: NOW - 100 } }, asked)
  expect(fresh.refused).toBeNull()
  const stale = await answerSignIn(GOOD_QUERY, { claims: { auth_time: NOW - 200 } }, asked)
  expect(stale.refused).toEqual(ofToken('id_token_auth_time_stale'))
})
