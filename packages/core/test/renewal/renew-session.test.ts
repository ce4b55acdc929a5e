import { expect, it } from 'vitest'
import { createRenewer, type Renewal } from '../../src/renewal/renew-session.js'
import type { Session } from '../../src/session/session.js'
import { SpatioAuthError, type SpatioAuthErrorPhase } from '../../src/errors.js'
import { json, METADATA, NOW } from '../kit/protocol-page.js'
import { refusal, toRefusal } from '../kit/refusal.js'
import { openRenewalPage, SESSION, SIGNER, type RenewalSetting } from '../kit/renewal-page.js'
import { GOOD } from '../kit/signer.js'

const TOKENS = { access_token: 'tok_2', token_type: 'Bearer', refresh_token: 'r_2', expires_in: 90 }
const give =
  (change: object = {}) =>
  () =>
    json({ ...TOKENS, ...change })

async function renew(setting: RenewalSetting, session: Session = SESSION) {
  const page = openRenewalPage(setting)
  const renewal = await createRenewer(page.renewal)(session)
  return { page, renewal }
}

const renewed = (isAdopted: boolean, discarded: string[] = []): Renewal => ({
  kind: 'renewed',
  isAdopted,
  discarded,
})
const ended = (reason: string, code: string, discarded: string[] = []) => ({
  kind: 'ended',
  reason,
  code,
  reach: 'session',
  discarded,
})
const elsewhere = (discarded: string[] = []) => ended('signed-out-elsewhere', 'not_authenticated', discarded)
const ATTEMPT = { ...SESSION, attemptedAt: NOW * 1000 }
const ROTATED = { ...SESSION, refreshToken: 'r_2', revision: 4 }
const FRESH = { ...ROTATED, accessToken: 'tok_2', receivedAt: NOW * 1000, expiresIn: 90 }

it('notes the attempt before it sends, and stores what came at once', async () => {
  const { page, renewal } = await renew({ answer: give({ scope: 'openid' }) })
  expect(renewal).toEqual(renewed(false))
  expect(page.sent[0]?.url).toBe(METADATA.tokenEndpoint)
  expect(page.spent()).toEqual(['r_1'])
  expect(page.saved).toEqual([ATTEMPT, { ...FRESH, scope: 'openid' }])
  expect(page.remembered).toEqual([ATTEMPT])
})

it('keeps the refresh token and the scope that the answer does not name', async () => {
  const { page } = await renew({ answer: give({ refresh_token: undefined, expires_in: undefined }) })
  expect(page.saved.at(-1)).toEqual({ ...FRESH, refreshToken: 'r_1', expiresIn: null })
})

it('counts the lifetime from the receipt', async () => {
  const page: { clock?: { advance: (ms: number) => Promise<void> } } = {}
  const opened = openRenewalPage({ answer: async () => (await page.clock?.advance(2000), give()()) })
  page.clock = opened.clock
  await createRenewer(opened.renewal)(SESSION)
  expect(opened.saved.at(-1)).toMatchObject({ receivedAt: NOW * 1000 + 2000 })
})

/** What is kept of an id_token. */
const CONTINUED = { user: { name: 'Mira', sub: 'usr_1' }, authTime: NOW, issuedAt: NOW + 1 }
const ID_TOKEN = await SIGNER.sign(GOOD)

it('stores the new refresh token before the id_token is checked, and the rest after', async () => {
  const next = { iat: NOW + 1, auth_time: NOW, name: 'Mira' }
  const { page, renewal } = await renew({
    answer: give({ id_token: await SIGNER.sign({ ...GOOD, ...next }) }),
  })
  expect(renewal).toEqual(renewed(false))
  expect(page.saved).toEqual([ATTEMPT, ROTATED, { ...FRESH, ...CONTINUED, revision: 5 }])
})

it.each<[string, object, unknown]>([
  ['another user', { sub: 'usr_2' }, ended('user-changed', 'subject_changed', ['r_2', 'tok_2'])],
  ['another nonce', { nonce: 'x' }, ended('revoked', 'id_token_nonce_mismatch', ['r_2', 'tok_2'])],
])('ends the session by an id_token of %s, and gives its tokens back', async (_name, claims, expected) => {
  const { page, renewal } = await renew({
    answer: give({ id_token: await SIGNER.sign({ ...GOOD, ...claims }) }),
  })
  expect(renewal).toEqual(expected)
  expect(page.saved).toEqual([ATTEMPT, ROTATED])
})

const problem = (phase: SpatioAuthErrorPhase, retryable = false) =>
  new SpatioAuthError('issuer_mismatch', { phase, retryable })
const keyNotFound = new SpatioAuthError('jwks_key_not_found', { phase: 'id_token' })

it.each<[string, (page: ReturnType<typeof openRenewalPage>) => void, string?]>([
  [
    'the metadata are out of reach',
    ({ renewal }) =>
      Object.assign(renewal.sources.metadata, { get: () => Promise.reject(problem('discovery')) }),
  ],
  [
    'the keys are no keys',
    ({ renewal }) => Object.assign(renewal.sources.jwks, { get: () => Promise.reject(problem('jwks')) }),
  ],
  [
    'the key that signed is not published',
    ({ renewal }) => Object.assign(renewal.sources.jwks, { get: () => Promise.reject(keyNotFound) }),
    'jwks_key_not_found',
  ],
  [
    'no key may be asked for',
    ({ renewal }) =>
      Object.assign(renewal.sources.jwks, { get: () => Promise.reject(problem('id_token', true)) }),
  ],
])(
  'keeps the session, with its new refresh token, when %s',
  async (_name, prepare, code = 'issuer_mismatch') => {
    const page = openRenewalPage({ answer: give({ id_token: ID_TOKEN }) })
    prepare(page)
    const renewal = await createRenewer(page.renewal)(SESSION)
    expect(renewal.kind === 'postponed' && toRefusal(renewal.error)).toEqual(
      refusal('refresh', 'refresh_transient', { retryable: true, detail: code }),
    )
    expect(page.saved).toEqual([ATTEMPT, ROTATED])
  },
)

it('passes on what is no refusal', async () => {
  const broken = new TypeError('broken')
  const page = openRenewalPage({ answer: give({ id_token: ID_TOKEN }) })
  Object.assign(page.renewal.sources.metadata, { get: () => Promise.reject(broken) })
  await expect(createRenewer(page.renewal)(SESSION)).rejects.toBe(broken)
})

const OTHER = { ...SESSION, id: 'session-2', accessToken: 'tok_9' }

it.each<[string, NonNullable<RenewalSetting['stored']>, unknown]>([
  ['the session is gone', [null], elsewhere()],
  ['another sign-in took its place', [OTHER], renewed(true)],
  ['another tab has renewed it', [{ ...SESSION, accessToken: 'tok_9', revision: 4 }], renewed(true)],
  [
    'another tab has renewed it by a token of unknown lifetime',
    [{ ...SESSION, accessToken: 'tok_9', expiresIn: null }],
    renewed(true),
  ],
])('sends nothing when %s', async (_name, stored, expected) => {
  const { page, renewal } = await renew({ answer: give(), stored })
  expect(renewal).toEqual(expected)
  expect([page.sent, page.saved]).toEqual([[], []])
})

it('renews what another tab left expired, by its refresh token', async () => {
  const expired = { ...SESSION, accessToken: 'tok_9', refreshToken: 'r_9', receivedAt: (NOW - 60) * 1000 }
  const { page, renewal } = await renew({ answer: give(), stored: [expired] })
  expect(renewal).toEqual(renewed(false))
  expect(page.spent()).toEqual(['r_9'])
})

it('renews a token that has time left when it is the one that was known', async () => {
  const { page } = await renew({ answer: give(), stored: [{ ...SESSION, revision: 9 }] })
  expect(page.spent()).toEqual(['r_1'])
  expect(page.saved.at(-1)?.revision).toBe(10)
})

it('has nothing to send without a refresh token', async () => {
  const bare = { ...SESSION, refreshToken: null }
  const { page, renewal } = await renew({ answer: give(), stored: [bare] }, bare)
  expect(renewal.kind === 'rejected' && toRefusal(renewal.error)).toEqual(
    refusal('refresh', 'refresh_token_missing'),
  )
  expect([page.sent, page.saved]).toEqual([[], []])
})

it.each<[string, RenewalSetting, unknown, number]>([
  ['before the request', { answer: give(), lostSaves: [0] }, elsewhere(), 0],
  ['while the answer was on its way', { answer: give(), lostSaves: [1] }, elsewhere(['r_2', 'tok_2']), 1],
  [
    'while the answer without a refresh token was on its way',
    { answer: give({ refresh_token: undefined }), lostSaves: [1] },
    elsewhere(['tok_2']),
    1,
  ],
  [
    'before its id_token was checked',
    { answer: give({ id_token: ID_TOKEN }), lostSaves: [1] },
    elsewhere(['r_2', 'tok_2']),
    1,
  ],
  [
    'while its id_token was checked',
    { answer: give({ id_token: ID_TOKEN }), lostSaves: [2] },
    elsewhere(['r_2', 'tok_2']),
    1,
  ],
])('gives the tokens back when the session ended %s', async (_name, setting, expected, requests) => {
  const { page, renewal } = await renew({ ...setting, stored: [SESSION, null] })
  expect(renewal).toEqual(expected)
  expect(page.sent).toHaveLength(requests)
})

it.each<[string, Session | 'stale', unknown]>([
  ['goes over to the session that took its place', OTHER, renewed(true, ['r_2', 'tok_2'])],
  ['takes its own record for none', SESSION, elsewhere(['r_2', 'tok_2'])],
  ['takes a stale record for none', 'stale', elsewhere(['r_2', 'tok_2'])],
])('%s when it may not store the answer', async (_name, found, expected) => {
  const { renewal } = await renew({ answer: give(), lostSaves: [1], stored: [SESSION, found] })
  expect(renewal).toEqual(expected)
})
