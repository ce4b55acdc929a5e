import fc from 'fast-check'
import { base64url } from 'jose'
import { expect, it } from 'vitest'
import { processAuthorizationResponse } from '../../src/protocol/authorization-response.js'
import { changedMembers, edited, runs } from '../kit/property.js'
import { ISSUER, json } from '../kit/protocol-page.js'
import { toRefusal } from '../kit/refusal.js'
import { openSignInPage, type SignInSetting } from '../kit/sign-in-page.js'

const CODE = 'the-only-code'

/** A sign-in that is answered with this query; how it ended, and what was sent for it. */
async function signIn(toQuery: (state: string) => string, setting: SignInSetting = {}) {
  const page = openSignInPage({ code: CODE, ...setting })
  const state = (await page.start()).searchParams.get('state') ?? ''
  const query = toQuery(state)
  // What is thrown here, and not refused, fails the property.
  const result = await processAuthorizationResponse(page.context, page.sources, query)
  if (result.kind === 'refused') toRefusal(result.error)
  return { isSignedIn: result.kind === 'signed-in', result, state, query, exchanges: page.exchanges() }
}

/** What an answer must be, read by other means than the client's. */
function isIntact(query: string, state: string, isIssPromised: boolean): boolean {
  const params = new URLSearchParams(query)
  const once = (name: string, value: string) => params.getAll(name).join('|') === value
  const hasOnly = ['error_description', 'error_uri'].every((name) => params.getAll(name).length < 2)
  const isIssRight = once('iss', ISSUER) || (!isIssPromised && !params.has('iss'))
  const isFree = !/(^|&)(access_token|id_token|token_type|refresh_token)(=|&|$)/.test(query)
  const isEncoded = !/%(?![0-9a-f]{2})/i.test(query)
  return (
    once('code', CODE) &&
    once('state', state) &&
    once('error', '') &&
    hasOnly &&
    isIssRight &&
    isFree &&
    isEncoded
  )
}

const PIECES =
  '& = % %00 ; # \u0000 code=x &code=x &state=sp1.x &error=e &error= &iss=x &app=1 &app=% &id_token=x &access_token'.split(
    ' ',
  )

for (const isIssPromised of [false, true]) {
  const iss = isIssPromised ? `&iss=${encodeURIComponent(ISSUER)}` : ''
  it(`makes a session of a callback whose code, state${isIssPromised ? ' and iss' : ''} are intact, and of no other`, async () => {
    const seen = { intact: 0, broken: 0 }
    await fc.assert(
      fc.asyncProperty(edited(PIECES, '&'), async (edit) => {
        const metadata = { isIssParameterSupported: isIssPromised }
        const { isSignedIn, query, state, exchanges } = await signIn(
          (sent) => edit(`code=${CODE}&state=${sent}${iss}`),
          { metadata },
        )
        const isGood = isIntact(query, state, isIssPromised)
        seen[isGood ? 'intact' : 'broken']++
        expect(isSignedIn, query).toBe(isGood)
        // A code leaves with its own state only, and once.
        expect(exchanges.length).toBeLessThanOrEqual(
          new URLSearchParams(query).get('state') === state ? 1 : 0,
        )
      }),
      runs(400),
    )
    // Neither side of the property is empty.
    expect(seen.intact).toBeGreaterThan(20)
    expect(seen.broken).toBeGreaterThan(100)
  })
}

/** The left half of the hash of an access token: a changed one does not fit (OIDC Core 3.1.3.6). */
const half = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('tok_1')), 0, 16)
const claims = { at_hash: base64url.encode(half) }
const text = fc.constantFrom(
  '',
  'tok_1',
  'tok_2',
  'Bearer',
  'bEARER',
  'mac',
  'openid',
  'invalid_grant',
  'a b',
)
const members = changedMembers({
  access_token: text,
  token_type: text,
  refresh_token: fc.oneof(text, fc.constant(undefined)),
  scope: fc.oneof(text, fc.constant(undefined)),
  expires_in: fc.constantFrom(-1, 0, 1e12, '60', undefined),
  error: text,
  unknown: text,
})
const isText = (value: unknown) => value === undefined || value === null || typeof value === 'string'

it('makes a session of a token response in which all that counts is intact, and of no other', async () => {
  const seen = { intact: 0, broken: 0 }
  const answer = fc.record({
    change: members,
    editIdToken: fc.oneof(
      { weight: 3, arbitrary: fc.constant((token: string) => token) },
      edited(['A', '.', '=', 'e30'], '[.]'),
    ),
    editBody: fc.oneof(
      { weight: 5, arbitrary: fc.constant((body: string) => body) },
      edited(['{', '"', ',', '\u0000'], ','),
    ),
    status: fc.oneof({ weight: 9, arbitrary: fc.constant(200) }, fc.constantFrom(201, 400, 401, 500)),
    type: fc.oneof({ weight: 9, arbitrary: fc.constant('application/json') }, fc.constant('text/html')),
  })
  await fc.assert(
    fc.asyncProperty(answer, async ({ change, editIdToken, editBody, status, type }) => {
      let isIntactAnswer = false
      const { isSignedIn } = await signIn((state) => `code=${CODE}&state=${state}`, {
        claims,
        answer: async (sent, issue) => {
          const good = (await (await issue(sent)).json()) as Record<string, string>
          const changed = { ...good, ...change, id_token: editIdToken(good['id_token'] ?? '') }
          const body = editBody(JSON.stringify(changed))
          isIntactAnswer = status === 200 && type === 'application/json' && isGoodBody(body, good)
          return json(body, status, { 'content-type': type })
        },
      })
      seen[isIntactAnswer ? 'intact' : 'broken']++
      expect(isSignedIn).toBe(isIntactAnswer)
    }),
    runs(400),
  )
  expect(seen.intact).toBeGreaterThan(20)
  expect(seen.broken).toBeGreaterThan(100)
})

function isGoodBody(body: string, good: Record<string, string>): boolean {
  const found = toObject(body)
  const { access_token, token_type, id_token, refresh_token, scope, error } = found
  return (
    access_token === good['access_token'] &&
    id_token === good['id_token'] &&
    String(token_type).toLowerCase() === 'bearer' &&
    typeof token_type === 'string' &&
    refresh_token !== '' &&
    isText(refresh_token) &&
    isText(scope) &&
    typeof error !== 'string'
  )
}

function toObject(body: string): Record<string, unknown> {
  try {
    const value = JSON.parse(body) as unknown
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
