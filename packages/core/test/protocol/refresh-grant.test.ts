import type { JWTPayload } from 'jose'
import { expect, it } from 'vitest'
import { requestRefresh, validateRefreshedIdToken } from '../../src/protocol/refresh-grant.js'
import type { Session } from '../../src/session/session.js'
import { flush } from '../kit/flush.js'
import {
  CLIENT_ID,
  json,
  METADATA,
  NOW,
  offline,
  openProtocolPage,
  type Answer,
} from '../kit/protocol-page.js'
import { refusal, refusalOf, toRefusal, type Refusal } from '../kit/refusal.js'
import { createSigner, GOOD, NONCE, sourceOf } from '../kit/signer.js'

const TOKENS = { access_token: 'tok_2', token_type: 'Bearer', expires_in: 60 }
const signer = await createSigner('k')

it('sends the refresh token in a form, to the endpoint it is told', async () => {
  const page = openProtocolPage(() => json(TOKENS))
  const result = await requestRefresh(page.context, METADATA.tokenEndpoint, 'refresh-1')
  expect(result).toMatchObject({ kind: 'tokens', tokens: { accessToken: 'tok_2', expiresIn: 60 } })
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: 'refresh-1',
    client_id: CLIENT_ID,
  })
  expect(page.sent).toMatchObject([
    { url: METADATA.tokenEndpoint, init: { method: 'POST', cache: 'no-store', body } },
  ])
  expect(page.events).toMatchObject([['request', { endpoint: 'token' }]])
})

it('waits for the answer as long as it takes', async () => {
  let respond: (response: Response) => void = () => undefined
  const page = openProtocolPage(() => new Promise((resolve) => (respond = resolve)))
  const refreshing = requestRefresh(page.context, METADATA.tokenEndpoint, 'refresh-1')
  await flush()
  await page.clock.advance(3_600_000)
  expect(page.sent[0]?.init.signal?.aborted).toBe(false)
  respond(json(TOKENS))
  expect(await refreshing).toMatchObject({ kind: 'tokens' })
})

it.each<[string, Answer, Refusal]>([
  [
    'an authority that refuses',
    () => json({ error: 'invalid_grant' }, 400),
    refusal('token', 'token_endpoint_error', { oauth: { error: 'invalid_grant', description: null } }),
  ],
  [
    'a network that is down',
    offline,
    refusal('token', 'token_request_failed', { detail: 'network', retryable: true }),
  ],
])('tells of %s', async (_name, answer, expected) => {
  const { context } = openProtocolPage(answer)
  const result = await requestRefresh(context, METADATA.tokenEndpoint, 'refresh-1')
  expect(result.kind === 'refused' && toRefusal(result.error)).toEqual(expected)
})

interface Earlier {
  readonly auth_time?: number
}

/** What a refreshed token with these claims, after one with those, is refused with. */
async function judge(next: object, earlier: object = {}, metadata = METADATA): Promise<Refusal | null> {
  const { context } = openProtocolPage(offline)
  const { jwks } = sourceOf([signer.jwk])
  const claims = (change: object): JWTPayload => ({ ...GOOD, ...change })
  const { sub = '', iat = 0, auth_time: authTime = null } = claims(earlier) as JWTPayload & Earlier
  const session = { user: { sub }, issuedAt: iat, authTime, nonce: NONCE } as Session
  const idToken = await signer.sign(claims(next))
  const sources = { metadata: { get: async () => metadata }, jwks }
  return refusalOf(() =>
    validateRefreshedIdToken(context, sources, session, { idToken, accessToken: 'tok_2' }),
  )
}

it.each<[string, object, object]>([
  ['the same claims', {}, {}],
  ['no nonce', { nonce: undefined }, {}],
  ['later times', { iat: NOW + 3000, exp: NOW + 6600 }, {}],
  ['times that are long past by any clock', { iat: 1000, exp: 1001 }, { iat: 1000, exp: 1001 }],
  ['an earlier iat within the tolerance', { iat: NOW - 60 }, {}],
  ['the same auth_time', { auth_time: 7 }, { auth_time: 7 }],
  ['no auth_time any more', {}, { auth_time: 7 }],
  ['an auth_time that was not told before', { auth_time: 7 }, {}],
])('accepts a refreshed token with %s', async (_name, next, earlier) => {
  expect(await judge(next, earlier)).toBeNull()
})

const ofRefresh = (code: Refusal['code']): Refusal => refusal('refresh', code)

it.each<[string, object, object, Refusal]>([
  ['another issuer', { iss: 'https://evil.test' }, {}, ofRefresh('refresh_issuer_changed')],
  ['another audience', { aud: 'other' }, {}, ofRefresh('refresh_audience_changed')],
  ['another user', { sub: 'usr_2' }, {}, ofRefresh('subject_changed')],
  ['another auth_time', { auth_time: 8 }, { auth_time: 7 }, ofRefresh('refresh_auth_time_changed')],
  ['an iat before the tolerance', { iat: NOW - 61 }, {}, ofRefresh('id_token_iat_out_of_range')],
  ['an exp at its iat', { iat: NOW, exp: NOW }, {}, refusal('id_token', 'id_token_expired')],
  ['an exp before its iat', { iat: NOW, exp: NOW - 1 }, {}, refusal('id_token', 'id_token_expired')],
  ['another nonce', { nonce: 'nonce-2' }, {}, refusal('id_token', 'id_token_nonce_mismatch')],
  ['a second audience', { aud: [CLIENT_ID, 'x'] }, {}, refusal('id_token', 'id_token_aud_untrusted')],
  ['the hash of another token', { at_hash: 'x' }, {}, refusal('id_token', 'id_token_at_hash_mismatch')],
])('refuses a refreshed token with %s', async (_name, next, earlier, expected) => {
  expect(await judge(next, earlier)).toEqual(expected)
})

it('verifies the signature of a refreshed token too', async () => {
  const { context } = openProtocolPage(offline)
  const forger = await createSigner('k')
  const session = { user: { sub: 'usr_1' }, issuedAt: NOW, authTime: null, nonce: NONCE } as Session
  const sources = { metadata: { get: async () => METADATA }, jwks: sourceOf([signer.jwk]).jwks }
  const refreshed = { idToken: await forger.sign(GOOD), accessToken: 'tok_2' }
  expect(await refusalOf(() => validateRefreshedIdToken(context, sources, session, refreshed))).toEqual(
    refusal('id_token', 'id_token_signature_invalid'),
  )
})

it('passes on what is no refusal', async () => {
  const { context } = openProtocolPage(offline)
  const session = { user: { sub: 'usr_1' }, issuedAt: NOW, authTime: null, nonce: NONCE } as Session
  const refreshed = { idToken: await signer.sign(GOOD), accessToken: 'tok_2' }
  const broken = new TypeError('broken')
  const jwks = { get: () => Promise.reject(broken), refetch: async () => null }
  const sources = { metadata: { get: async () => METADATA }, jwks }
  await expect(validateRefreshedIdToken(context, sources, session, refreshed)).rejects.toBe(broken)
})

it('knows the issuer by the options, not by the session', async () => {
  const iss = 'https://evil.test'
  expect(await judge({ iss }, { iss })).toEqual(ofRefresh('refresh_issuer_changed'))
})
