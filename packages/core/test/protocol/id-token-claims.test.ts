import { base64url } from 'jose'
import { expect, it } from 'vitest'
import {
  validateAtHash,
  validateIdTokenClaims,
  type IdTokenExpectation,
  type TimeExpectation,
} from '../../src/protocol/id-token-claims.js'
import { CLIENT_ID, ISSUER, NOW } from '../kit/protocol-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'
import { GOOD, NONCE } from '../kit/signer.js'

const TIME: TimeExpectation = { now: NOW, tolerance: 60, maxTokenAge: 600, isMeasured: true }
const EXPECTED: IdTokenExpectation = {
  issuer: ISSUER,
  clientId: CLIENT_ID,
  nonce: NONCE,
  isNonceOptional: false,
  maxAge: null,
  time: TIME,
}
const LAST_TIME = 253_402_300_799

const validate = (change: object, expected: Partial<IdTokenExpectation> = {}) =>
  validateIdTokenClaims({ ...GOOD, ...change }, { ...EXPECTED, ...expected })
const refusalFor = (change: object, expected: Partial<IdTokenExpectation> = {}) =>
  refusalOf(() => validate(change, expected))
const refused = (code: Refusal['code'], detail: string | null = null): Refusal =>
  refusal('id_token', code, { detail })
const missing = (name: string): Refusal => refused('id_token_claim_missing', name)
const MEASURED = 'measured clock'

it('gives the user and when they signed in', () => {
  expect(validate({})).toEqual({ user: { sub: 'usr_1' }, issuedAt: NOW, authTime: null })
  expect(validate({ auth_time: NOW - 7 })).toEqual({
    user: { sub: 'usr_1' },
    issuedAt: NOW,
    authTime: NOW - 7,
  })
})

it.each<[string, object, Refusal]>([
  ['no iss', { iss: undefined }, missing('iss')],
  ['an empty iss', { iss: '' }, missing('iss')],
  ['an iss that is a list', { iss: [ISSUER] }, missing('iss')],
  ['another iss', { iss: `${ISSUER}/` }, refused('id_token_iss_mismatch')],
  ['no aud', { aud: undefined }, missing('aud')],
  ['an aud that is a number', { aud: 7 }, refused('id_token_malformed', 'aud')],
  ['an aud in a nested list', { aud: [[CLIENT_ID]] }, refused('id_token_malformed', 'aud')],
  ['a number beside the own client', { aud: [CLIENT_ID, 7] }, refused('id_token_malformed', 'aud')],
  ['an empty list of aud', { aud: [] }, refused('id_token_aud_mismatch')],
  ['another aud', { aud: 'application' }, refused('id_token_aud_mismatch')],
  ['another aud in a list', { aud: ['application'] }, refused('id_token_aud_mismatch')],
  ['a second aud', { aud: [CLIENT_ID, 'other'] }, refused('id_token_aud_untrusted')],
  ['another azp', { azp: 'other' }, refused('id_token_azp_mismatch')],
  ['an azp of null', { azp: null }, refused('id_token_azp_mismatch')],
  ['no sub', { sub: undefined }, missing('sub')],
  ['a sub that is a number', { sub: 7 }, missing('sub')],
  ['a sub of 256 characters', { sub: 'x'.repeat(256) }, missing('sub')],
  ['no nonce', { nonce: undefined }, refused('id_token_nonce_missing')],
  ['an empty nonce', { nonce: '' }, refused('id_token_nonce_missing')],
  ['a nonce that is a list', { nonce: [NONCE] }, refused('id_token_nonce_missing')],
  ['another nonce', { nonce: 'nonce-2' }, refused('id_token_nonce_mismatch')],
])('refuses %s', async (_name, change, expected) => {
  expect(await refusalFor(change)).toEqual(expected)
})

it.each<[string, object]>([
  ['the own client as a list of one', { aud: [CLIENT_ID] }],
  ['the own client twice', { aud: [CLIENT_ID, CLIENT_ID] }],
  ['the own client as azp', { azp: CLIENT_ID }],
  ['a sub of 255 characters', { sub: 'x'.repeat(255) }],
])('accepts %s', async (_name, change) => {
  expect(await refusalFor(change)).toBeNull()
})

it('lets a refreshed token omit the nonce, never change it', async () => {
  const optional = { isNonceOptional: true }
  expect(await refusalFor({ nonce: undefined }, optional)).toBeNull()
  expect(await refusalFor({ nonce: '' }, optional)).toEqual(refused('id_token_nonce_missing'))
  expect(await refusalFor({ nonce: 'nonce-2' }, optional)).toEqual(refused('id_token_nonce_mismatch'))
})

it('does not see claims that the prototype holds', async () => {
  const inherited = Object.assign(Object.create({ nonce: NONCE }) as object, { ...GOOD })
  Reflect.deleteProperty(inherited, 'nonce')
  expect(await refusalOf(() => validateIdTokenClaims(inherited, EXPECTED))).toEqual(
    refused('id_token_nonce_missing'),
  )
})

it.each(['exp', 'iat'])('refuses a token without %s', async (name) => {
  expect(await refusalFor({ [name]: undefined })).toEqual(missing(name))
  expect(await refusalFor({ [name]: undefined }, { time: null })).toEqual(missing(name))
})

it.each(['exp', 'iat', 'nbf', 'auth_time'])('refuses a %s that is no time', async (name) => {
  for (const value of [String(NOW), null, Number.NaN, -1, LAST_TIME + 1, NOW * 1000, [NOW]]) {
    expect(await refusalFor({ [name]: value }, { time: null })).toEqual(refused('id_token_malformed', name))
  }
})

it.each(['nbf', 'auth_time'])('takes the first and the last second for a %s', async (name) => {
  for (const value of [0, LAST_TIME]) expect(await refusalFor({ [name]: value }, { time: null })).toBeNull()
})

it('takes the first second for an iat and the last for an exp, with whatever is later and earlier', async () => {
  expect(await refusalFor({ iat: 0, exp: LAST_TIME }, { time: null })).toBeNull()
  expect(await refusalFor({ iat: 0, exp: 1 }, { time: null })).toBeNull()
  expect(await refusalFor({ iat: LAST_TIME - 1, exp: LAST_TIME }, { time: null })).toBeNull()
})

it.each<[string, object, Refusal | null]>([
  ['an iat as far ahead as is tolerated', { iat: NOW + 60 }, null],
  ['an iat further ahead', { iat: NOW + 61 }, refused('id_token_iat_out_of_range', MEASURED)],
  ['an iat as old as is fresh', { iat: NOW - 660 }, null],
  ['an iat older', { iat: NOW - 661 }, refused('id_token_iat_out_of_range', MEASURED)],
  ['an exp within the tolerance', { exp: NOW - 59 }, null],
  ['an exp at the end of the tolerance', { exp: NOW - 60 }, refused('id_token_expired', MEASURED)],
  ['an nbf as far ahead as is tolerated', { nbf: NOW + 60 }, null],
  ['an nbf further ahead', { nbf: NOW + 61 }, refused('id_token_not_yet_valid', MEASURED)],
])('compares %s with the clock', async (_name, change, expected) => {
  expect(await refusalFor(change)).toEqual(expected)
})

it.each<[object, Refusal['code']]>([
  [{ iat: NOW + 61 }, 'id_token_iat_out_of_range'],
  [{ iat: NOW - 661 }, 'id_token_iat_out_of_range'],
  [{ exp: NOW - 60 }, 'id_token_expired'],
  [{ nbf: NOW + 61 }, 'id_token_not_yet_valid'],
])('names the device clock for %o when no other was there', async (change, code) => {
  expect(await refusalFor(change, { time: { ...TIME, isMeasured: false } })).toEqual(
    refused(code, 'device clock'),
  )
})

it('compares no time where there is no clock to trust', async () => {
  expect(await refusalFor({ iat: 0, exp: 1, nbf: LAST_TIME }, { time: null })).toBeNull()
})

it.each<[string, object, number | null, Refusal | null]>([
  ['no auth_time', {}, 100, missing('auth_time')],
  ['a sign-in as long ago as it allows', { auth_time: NOW - 160 }, 100, null],
  ['a sign-in longer ago', { auth_time: NOW - 161 }, 100, refused('id_token_auth_time_stale')],
  ['a sign-in long ago that nobody asked about', { auth_time: 0 }, null, null],
  ['a sign-in just now, with max_age 0', { auth_time: NOW - 60 }, 0, null],
  ['a sign-in before, with max_age 0', { auth_time: NOW - 61 }, 0, refused('id_token_auth_time_stale')],
])('holds max_age against %s', async (_name, change, maxAge, expected) => {
  expect(await refusalFor(change, { maxAge })).toEqual(expected)
})

it('wants auth_time for max_age without a clock too', async () => {
  expect(await refusalFor({}, { maxAge: 100, time: null })).toEqual(missing('auth_time'))
  expect(validate({ auth_time: 7 }, { maxAge: 100, time: null })).toMatchObject({ authTime: 7 })
})

async function leftHalf(text: string, hash: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest(hash, new TextEncoder().encode(text)))
  return base64url.encode(digest.slice(0, digest.length / 2))
}

it.each([
  ['RS256', 'SHA-256'],
  ['ES384', 'SHA-384'],
  ['PS512', 'SHA-512'],
])('compares at_hash under %s with %s', async (alg, hash) => {
  const at_hash = await leftHalf('tok_1', hash)
  const whole = base64url.encode(
    new Uint8Array(await crypto.subtle.digest(hash, new TextEncoder().encode('tok_1'))),
  )
  expect(await refusalOf(() => validateAtHash({ at_hash }, 'tok_1', alg))).toBeNull()
  const wrong = [await leftHalf('tok_2', hash), whole, '', null, 7, [at_hash], `${at_hash}=`]
  for (const value of wrong) {
    expect(await refusalOf(() => validateAtHash({ at_hash: value }, 'tok_1', alg))).toEqual(
      refused('id_token_at_hash_mismatch'),
    )
  }
})

it('asks for no at_hash', async () => {
  expect(await refusalOf(() => validateAtHash({}, 'tok_1', 'RS256'))).toBeNull()
})
