import { expect, it } from 'vitest'
import { requestIntrospection } from '../../src/protocol/introspection-request.js'
import { json, METADATA, openProtocolPage, type Answer } from '../kit/protocol-page.js'
import { refusal, refusalOf, type Refusal } from '../kit/refusal.js'

function introspect(answer: Answer, metadata = METADATA) {
  const page = openProtocolPage(answer)
  return { page, asking: requestIntrospection(page.context, { get: async () => metadata }, 'tok_1') }
}
const read = (document: object) => introspect(() => json(document)).asking

const NOTHING = {
  active: true,
  tokenType: null,
  clientId: null,
  userId: null,
  workspaceId: null,
  scopes: [],
  expiresAt: null,
}

it('posts the token alone, as a form', async () => {
  const { page, asking } = introspect(() => json({ active: false }))
  await asking
  expect(page.sent).toMatchObject([
    {
      url: METADATA.introspectionEndpoint,
      init: { method: 'POST', cache: 'no-store', body: new URLSearchParams({ token: 'tok_1' }) },
    },
  ])
  expect(page.events).toMatchObject([['request', { endpoint: 'introspection' }]])
})

it('says nothing more of a token that is not live', async () => {
  const found = await read({ active: false, scope: 'openid', user_id: 'usr_1' })
  expect(found).toStrictEqual({ active: false })
  expect(Object.isFrozen(found)).toBe(true)
})

it('copies what is known of a live token', async () => {
  const whole = { client_id: 'app', user_id: 'usr_1', workspace_id: 'w', scope: ' openid  email', exp: 1.5 }
  const found = await read({ active: true, ...whole, iat: 1 })
  expect(found).toStrictEqual({
    active: true,
    tokenType: null,
    clientId: 'app',
    userId: 'usr_1',
    workspaceId: 'w',
    scopes: ['openid', 'email'],
    expiresAt: 1500,
  })
  expect(found.active && Object.isFrozen(found.scopes)).toBe(true)
})

it.each([
  ['oauth', 'oauth'],
  ['pat', 'pat'],
  ['Bearer', null],
  [7, null],
])('reads the token type %j as %j', async (token_type, tokenType) => {
  expect(await read({ active: true, token_type })).toEqual({ ...NOTHING, tokenType })
})

it('reads members of a wrong type as unknown', async () => {
  const wrong = { client_id: 7, user_id: '', workspace_id: null, scope: ['openid'], exp: '1500' }
  expect(await read({ active: true, ...wrong })).toStrictEqual(NOTHING)
})

it('reads a time that is no number of seconds as unknown', async () => {
  const { asking } = introspect(() => json('{"active":true,"exp":1e999}'))
  expect(await asking).toStrictEqual(NOTHING)
})

const invalid = (detail: string): Refusal => refusal('introspection', 'introspection_invalid', { detail })

it.each<[string, Answer, Refusal]>([
  ['no active', () => json({}), invalid('active')],
  ['an active that is text', () => json({ active: 'true' }), invalid('active')],
  ['an active that is a number', () => json({ active: 1 }), invalid('active')],
  ['a list', () => json([]), invalid('not a JSON object')],
  [
    'status 401',
    () => json({ error: 'invalid_client' }, 401),
    refusal('introspection', 'introspection_failed', {
      detail: 'status 401',
      oauth: { error: 'invalid_client', description: null },
    }),
  ],
  [
    'status 201',
    () => json({ active: true }, 201),
    refusal('introspection', 'introspection_failed', { detail: 'status 201' }),
  ],
])('refuses %s', async (_name, answer, expected) => {
  expect(await refusalOf(() => introspect(answer).asking)).toEqual(expected)
})

it.each<[string | null, Refusal['code'], string]>([
  [null, 'metadata_missing', 'introspection_endpoint'],
  ['https://evil.test/i', 'issuer_mismatch', 'introspection_endpoint on another origin'],
])('sends no token to %s', async (introspectionEndpoint, code, detail) => {
  const { page, asking } = introspect(() => json({ active: true }), { ...METADATA, introspectionEndpoint })
  expect(await refusalOf(() => asking)).toEqual(refusal('discovery', code, { detail }))
  expect(page.sent).toEqual([])
})
