import { expect, it } from 'vitest'
import { requestUserInfo, type TokenOwner } from '../../src/protocol/user-info.js'
import { json, METADATA, openProtocolPage, type Answer } from '../kit/protocol-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'

const OWNER: TokenOwner = { accessToken: 'tok_1', sub: 'usr_1' }
const RENEWED: TokenOwner = { accessToken: 'tok_2', sub: 'usr_2' }
const CLAIMS = { sub: 'usr_1', name: 'Ada', iss: 'x', nonce: 'n' }

/** Asks with a first token, and with another when the first was refused. */
async function ask(answer: Answer, metadata = METADATA) {
  const page = openProtocolPage(answer)
  const refused: (string | null)[] = []
  const asking = requestUserInfo(page.context, { get: async () => metadata }, async (token) => {
    refused.push(token)
    return token === null ? OWNER : RENEWED
  })
  const bearers = () => page.sent.map(({ init }) => (init.headers as Record<string, string>)['Authorization'])
  return { asking, page, refused, bearers }
}

it('asks by GET with the token in the header, and gives the own claims of the user', async () => {
  const { asking, page, refused, bearers } = await ask(() => json(CLAIMS))
  expect(await asking).toEqual({ name: 'Ada', sub: 'usr_1' })
  expect(page.sent).toMatchObject([
    { url: METADATA.userinfoEndpoint, init: { method: 'GET', cache: 'no-store' } },
  ])
  expect(page.events).toMatchObject([['request', { endpoint: 'userinfo' }]])
  expect(refused).toEqual([null])
  expect(bearers()).toEqual(['Bearer tok_1'])
})

it('answers a 401 by one renewed token, whose owner counts', async () => {
  const answers = [json({}, 401), json({ sub: 'usr_2' })]
  const { asking, refused, bearers } = await ask(() => answers.shift() ?? json({}, 500))
  expect(await asking).toEqual({ sub: 'usr_2' })
  expect(refused).toEqual([null, 'tok_1'])
  expect(bearers()).toEqual(['Bearer tok_1', 'Bearer tok_2'])
})

it('tries no third token', async () => {
  const { asking, bearers } = await ask(() => json({}, 401))
  expect(await refusalOf(() => asking)).toEqual(
    refusal('userinfo', 'userinfo_failed', { detail: 'status 401' }),
  )
  expect(bearers()).toHaveLength(2)
})

const failed = (detail: string): Refusal =>
  refusal('userinfo', 'userinfo_failed', { detail, retryable: !detail.endsWith('403') })
const invalid = (detail: string): Refusal => refusal('userinfo', 'userinfo_invalid', { detail })

it.each<[string, Answer, Refusal]>([
  ['a 403', () => json({}, 403), failed('status 403')],
  ['a 500', () => json({}, 500), failed('status 500')],
  ['another good status', () => json(CLAIMS, 201), { ...failed('status 201'), retryable: false }],
  ['a network that is down', () => Promise.reject(new Error('offline')), failed('network')],
  [
    'a signed answer',
    () => new Response('a.b.c', { headers: { 'content-type': 'application/jwt' } }),
    invalid('not a JSON object'),
  ],
  ['no sub', () => json({ name: 'Ada' }), invalid('sub')],
  ['an empty sub', () => json({ sub: '' }), invalid('sub')],
  ['a sub that is a number', () => json({ sub: 7 }), invalid('sub')],
  ['another user', () => json({ sub: 'usr_2' }), refusal('userinfo', 'userinfo_subject_mismatch')],
])('refuses %s after one request', async (_name, answer, expected) => {
  const { asking, bearers } = await ask(answer)
  expect(await refusalOf(() => asking)).toEqual(expected)
  expect(bearers()).toEqual(['Bearer tok_1'])
})

it.each<[string | null, Refusal['code'], string]>([
  [null, 'metadata_missing', 'userinfo_endpoint'],
  ['https://evil.test/u', 'issuer_mismatch', 'userinfo_endpoint on another origin'],
])('sends no token to %s', async (userinfoEndpoint, code, detail) => {
  const { asking, page, refused } = await ask(() => json(CLAIMS), { ...METADATA, userinfoEndpoint })
  expect(await refusalOf(() => asking)).toEqual(refusal('discovery', code, { detail }))
  expect([page.sent, refused]).toEqual([[], []])
})
