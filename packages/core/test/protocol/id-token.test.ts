import { base64url, type JWK } from 'jose'
import { expect, it } from 'vitest'
import { validateIdToken } from '../../src/protocol/id-token.js'
import type { KeyResolver } from '../../src/protocol/jwks.js'
import { CLIENT_ID, ISSUER, METADATA, NOW } from '../kit/protocol-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'
import { createSigner, GOOD, NONCE, sourceOf, type Signer } from '../kit/signer.js'

const time = { now: NOW, tolerance: 60, maxTokenAge: 600, isMeasured: true }
const expected = {
  issuer: ISSUER,
  clientId: CLIENT_ID,
  nonce: NONCE,
  isNonceOptional: false,
  maxAge: null,
  time,
}

const [ours, nameless, other, rsa, es384] = (await Promise.all([
  createSigner('k'),
  createSigner(),
  createSigner('other'),
  createSigner('rsa', 'RS256'),
  createSigner('k', 'ES384'),
])) as [Signer, Signer, Signer, Signer, Signer]

const good = await ours.sign(GOOD)
const refused = (code: Refusal['code'], detail: string | null = null, retryable = false): Refusal =>
  refusal('id_token', code, { detail, retryable })
const malformed = (detail: string | null): Refusal => refused('id_token_malformed', detail)

function validate(idToken: string, { keys = [ours.jwk], refetched }: KeySets = {}) {
  const { jwks, asked } = sourceOf(keys, refetched)
  const validating = () => validateIdToken({ idToken, accessToken: 'tok_1', expected }, METADATA, jwks)
  return { asked, validating, refusal: () => refusalOf(validating) }
}
interface KeySets {
  readonly keys?: readonly JWK[]
  readonly refetched?: readonly JWK[] | null
}

it('gives what a good token says, and asks for the keys of the authority once', async () => {
  const { validating, asked } = validate(await ours.sign({ ...GOOD, auth_time: NOW - 5 }))
  expect(await validating()).toEqual({ user: { sub: 'usr_1' }, issuedAt: NOW, authTime: NOW - 5 })
  expect(asked).toEqual([`get ${METADATA.jwksUri}`])
})

const [head = '', body = '', signature = ''] = good.split('.')

it.each<[string, string, string | null]>([
  ['nothing', '', null],
  ['two parts', `${head}.${body}`, null],
  ['four parts', `${good}.x`, null],
  ['an empty header', `.${body}.${signature}`, null],
  ['an empty payload', `${head}..${signature}`, null],
  ['a header with padding', `${head}=.${body}.${signature}`, null],
  ['a payload with padding', `${head}.${body}=.${signature}`, null],
  ['a payload with a space before it', `${head}. ${body}.${signature}`, null],
  ['a header that is no JSON', `${base64url.encode('{')}.${body}.${signature}`, 'header'],
  ['a header that is a list', `${base64url.encode('[]')}.${body}.${signature}`, 'header'],
  ['a header that is no base64url', `a.${body}.${signature}`, 'header'],
  ['a signature with padding', `${good}=`, 'signature'],
  ['a signature with other letters', `${head}.${body}.+${signature}`, 'signature'],
  ['a signature of a length that no bytes have', `${good}AAA`, 'signature'],
])('refuses a token that has %s, before it asks for keys', async (_name, token, detail) => {
  const { refusal: refusing, asked } = validate(token)
  expect(await refusing()).toEqual(malformed(detail))
  expect(asked).toEqual([])
})

it('refuses a second spelling of the same signature', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const spare = alphabet[alphabet.indexOf(good.at(-1) ?? '') + 1] ?? ''
  expect(await validate(good.slice(0, -1) + spare).refusal()).toEqual(malformed('signature'))
})

it.each<[string, Record<string, unknown>, Refusal]>([
  ['a critical extension', { crit: ['exp'] }, malformed('crit')],
  ['an unencoded payload', { b64: true }, malformed('crit')],
  ['the type of an access token', { typ: 'at+jwt' }, malformed('typ')],
  ['a type that starts like ours', { typ: 'JWTx' }, malformed('typ')],
  ['a type that ends like ours', { typ: 'xJWT' }, malformed('typ')],
  ['a type that is a list', { typ: ['JWT'] }, malformed('typ')],
  ['no algorithm', { alg: undefined }, malformed('alg')],
  ['an algorithm that is a number', { alg: 256 }, malformed('alg')],
  ['none', { alg: 'none' }, refused('id_token_alg_rejected')],
  ['HS256', { alg: 'HS256' }, refused('id_token_alg_rejected')],
  ['an algorithm that the authority does not list', { alg: 'ES384' }, refused('id_token_alg_rejected')],
  ['a kid that is a number', { kid: 7 }, malformed('kid')],
  ['a kid that is null', { kid: null }, malformed('kid')],
])('refuses a header with %s, before it asks for keys', async (_name, header, expectedRefusal) => {
  const { refusal: refusing, asked } = validate(await ours.sign(GOOD, header))
  expect(await refusing()).toEqual(expectedRefusal)
  expect(asked).toEqual([])
})

it.each(['JWT', 'jwt', 'application/jwt', 'Application/JWT'])('accepts the type %s', async (typ) => {
  expect(await validate(await ours.sign(GOOD, { typ })).refusal()).toBeNull()
})

it('reads a header whose base64url holds both letters that base64 has not', async () => {
  const odd = { 'x~~~???': 'ÿþ~?>>>???' }
  const token = await ours.sign(GOOD, odd)
  expect(token.split('.')[0]).toMatch(/-.*_|_.*-/)
  expect(token.split('.')[0]?.match(/[-_]/g)?.length).toBeGreaterThan(3)
  expect(await validate(token).refusal()).toBeNull()
})

it.each<[string, string, Refusal]>([
  ['a list', '[]', malformed('payload')],
  ['no JSON', '{', malformed('payload')],
  ['nobody', JSON.stringify({ ...GOOD, sub: '' }), refused('id_token_claim_missing', 'sub')],
  [
    'the hash of another access token',
    JSON.stringify({ ...GOOD, at_hash: 'AAAA' }),
    refused('id_token_at_hash_mismatch'),
  ],
])('refuses a signed payload that is %s', async (_name, payload, expectedRefusal) => {
  expect(await validate(await ours.sign(payload)).refusal()).toEqual(expectedRefusal)
})

it('compares at_hash by the hash of the algorithm', async () => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('tok_1'))
  const at_hash = base64url.encode(new Uint8Array(digest).slice(0, 16))
  expect(await validate(await ours.sign({ ...GOOD, at_hash })).refusal()).toBeNull()
})

it('refuses a wrong signature at once when the kid named its key', async () => {
  const forged = await other.sign(GOOD, { kid: 'k' })
  const { refusal: refusing, asked } = validate(forged, { refetched: [other.jwk] })
  expect(await refusing()).toEqual(refused('id_token_signature_invalid'))
  expect(asked).toEqual([`get ${METADATA.jwksUri}`])
})

it('asks for the keys anew when none has the kid, and finds it', async () => {
  const token = await other.sign(GOOD)
  const { validating, asked } = validate(token, { refetched: [ours.jwk, other.jwk] })
  expect(await validating()).toEqual({ user: { sub: 'usr_1' }, issuedAt: NOW, authTime: null })
  expect(asked).toEqual([`get ${METADATA.jwksUri}`, `refetch ${METADATA.jwksUri}`])
})

it('refuses for good what the keys fetched anew do not sign', async () => {
  const missing = validate(await other.sign(GOOD), { refetched: [ours.jwk] })
  expect(await missing.refusal()).toEqual(refused('jwks_key_not_found'))
  const wrong = validate(await nameless.sign(GOOD), { refetched: [other.jwk] })
  expect(await wrong.refusal()).toEqual(refused('id_token_signature_invalid'))
})

it('refuses for now what no key fits while nobody may ask for keys', async () => {
  expect(await validate(await other.sign(GOOD)).refusal()).toEqual(refused('jwks_key_not_found', null, true))
  expect(await validate(await nameless.sign(GOOD)).refusal()).toEqual(
    refused('id_token_signature_invalid', null, true),
  )
})

it('asks anew for a token without a kid, whose rotation shows as a wrong signature only', async () => {
  const { validating, asked } = validate(await nameless.sign(GOOD), { refetched: [nameless.jwk] })
  await validating()
  expect(asked).toHaveLength(2)
})

it('does not ask anew for a token without a kid that is refused for something else', async () => {
  const token = await nameless.sign({ ...GOOD, sub: '' })
  const { refusal: refusing, asked } = validate(token, { keys: [nameless.jwk], refetched: [ours.jwk] })
  expect(await refusing()).toEqual(refused('id_token_claim_missing', 'sub'))
  expect(asked).toHaveLength(1)
})

it('tries every key for a token without a kid, and those that share one', async () => {
  const keys = [other.jwk, ours.jwk, nameless.jwk]
  expect(await validate(await nameless.sign(GOOD), { keys }).refusal()).toBeNull()
  const twins = [{ ...other.jwk, kid: 'k' }, ours.jwk]
  expect(await validate(good, { keys: twins }).refusal()).toBeNull()
  const strangers = [
    { ...other.jwk, kid: 'k' },
    { ...nameless.jwk, kid: 'k' },
  ]
  const { refusal: refusing, asked } = validate(good, { keys: strangers, refetched: [ours.jwk] })
  expect(await refusing()).toEqual(refused('id_token_signature_invalid'))
  expect(asked).toHaveLength(1)
})

it('tries eight keys for one token, and no more', async () => {
  const strangers = (length: number) =>
    Array.from({ length }, (_, index) => ({ ...other.jwk, kid: `${index}` }))
  const token = await nameless.sign(GOOD)
  expect(await validate(token, { keys: [...strangers(7), nameless.jwk] }).refusal()).toBeNull()
  expect(await validate(token, { keys: [...strangers(8), nameless.jwk] }).refusal()).toEqual(
    refused('id_token_signature_invalid', null, true),
  )
})

it('takes keys from the authority only, never from the header', async () => {
  const embedded = await other.sign(GOOD, { kid: 'k', jwk: other.jwk, jku: 'https://evil.test/jwks' })
  expect(await validate(embedded).refusal()).toEqual(refused('id_token_signature_invalid'))
})

it('accepts RS256 beside ES256, each by its own key', async () => {
  expect(await validate(await rsa.sign(GOOD), { keys: [ours.jwk, rsa.jwk] }).refusal()).toBeNull()
  const confused = await ours.sign(GOOD, { alg: 'RS256' })
  expect(await validate(confused).refusal()).toEqual(refused('jwks_key_not_found', null, true))
  const curve = { ...es384.jwk, alg: 'ES256' }
  expect(await validate(good, { keys: [curve] }).refusal()).toEqual(refused('jwks_key_not_found', null, true))
})

it('refuses a signed payload of a length that no bytes have, and asks for no keys anew', async () => {
  const [signed, anonymous] = await Promise.all([
    ours.signText(`${head}.abcde`),
    nameless.signText(`${base64url.encode('{"alg":"ES256"}')}.abcde`),
  ])
  const sets = { keys: [ours.jwk], refetched: [ours.jwk] }
  expect(await validate(signed, sets).refusal()).toEqual(malformed(null))
  const { refusal: refusing, asked } = validate(anonymous, { keys: [nameless.jwk], refetched: [ours.jwk] })
  expect(await refusing()).toEqual(malformed(null))
  expect(asked).toHaveLength(1)
})

it('takes a weak key that is written as long as a strong one for none', async () => {
  const weak = { ...rsa.jwk, n: `${'A'.repeat(171)}${(rsa.jwk.n ?? '').slice(0, 171)}` }
  expect(await validate(await rsa.sign(GOOD), { keys: [weak], refetched: [weak] }).refusal()).toEqual(
    refused('jwks_key_not_found'),
  )
})

it('takes a key that cannot be imported for none', async () => {
  const broken = { ...ours.jwk, x: ours.jwk.y ?? '' }
  expect(await validate(good, { keys: [broken], refetched: [ours.jwk] }).refusal()).toBeNull()
  const keys: KeyResolver = Object.assign(() => Promise.reject(new DOMException('no', 'DataError')), {
    jwks: () => ({ keys: [] }),
  })
  const jwks = { get: async () => keys, refetch: async () => null }
  expect(
    await refusalOf(() => validateIdToken({ idToken: good, accessToken: 't', expected }, METADATA, jwks)),
  ).toEqual(refused('jwks_key_not_found', null, true))
})

it('refuses an algorithm that is listed but that no key set can serve', async () => {
  const token = await ours.sign(GOOD, { alg: 'XS256' })
  const metadata = { ...METADATA, idTokenAlgs: ['XS256'] }
  const { jwks, asked } = sourceOf([ours.jwk])
  expect(
    await refusalOf(() => validateIdToken({ idToken: token, accessToken: 't', expected }, metadata, jwks)),
  ).toEqual(refused('jwks_key_not_found'))
  expect(asked).toHaveLength(1)
})
