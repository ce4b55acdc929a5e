import { caseTest } from '@spatio-labs/cases'
import { base64url, decodeJwt, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'
import { expect, it } from 'vitest'
import type { SpatioAuthEvent } from '../src/events.js'
import { answerEndpoint, changeEndpoint, forgeIdToken, forgeryKey } from './kit/forge.js'
import { observeSignIn, signInBesideSession, storedSession, type Observed } from './kit/observe.js'
import { World, type Intercept } from './kit/world.js'

const JWKS = '/jwks.json'
const JSON_HEADERS = { 'content-type': 'application/json' }

/** The key set is what the test says; the id_token is signed by the key `forgeryKey()`. */
function withKeys(
  toKeys: (key: JWK) => unknown[] | Promise<unknown[]>,
  header: Record<string, unknown> = {},
): Intercept[] {
  const served = answerEndpoint(JWKS, async () => Response.json({ keys: await toKeys(await forgeryKey()) }))
  return [served, forgeIdToken({ header })]
}

async function accept(...intercepts: Intercept[]): Promise<Observed> {
  const world = new World()
  world.intercepts.push(...intercepts)
  return observeSignIn(await world.signIn())
}

const refuse = (...intercepts: Intercept[]): Promise<Observed> =>
  signInBesideSession(new World().prepare(...intercepts))

// Made once: RSA keys take a while.
const strangers = [0, 1].map(() => generateKeyPair('RS256', { extractable: true }))

async function otherKey(which = 0): Promise<JWK> {
  const { publicKey } = (await strangers[which]) ?? {}
  return { ...(await exportJWK(publicKey as CryptoKey)), use: 'sig', alg: 'RS256' }
}

async function otherCurve(): Promise<JWK> {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  return exportJWK(publicKey)
}

const nameless = ({ kid: _, alg: __, ...key }: JWK): JWK => key

caseTest('JWK-05', 'accepts a token without kid when one of four nameless keys fits', async () => {
  const others = async (key: JWK): Promise<JWK[]> => [
    await otherCurve(),
    { kty: 'EC', crv: 'secp256k1', x: 'A'.repeat(43), y: 'A'.repeat(43) },
    { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
    nameless(key),
  ]
  const world = new World()
  world.intercepts.push(...withKeys(others, { kid: undefined }))
  const page = await world.signIn()
  expect(world.sent.filter((endpoint) => endpoint === 'jwks')).toHaveLength(1)
  return observeSignIn(page)
})
it('refuses a token without kid that the one key that fits did not sign', async () => {
  const set = async () => [nameless(await otherKey()), await otherCurve()]
  const outcome = await refuse(...withKeys(set, { kid: undefined }))
  expect(outcome).toEqual({ kind: 'reject', code: 'id_token_signature_invalid' })
})
caseTest('JWK-06', 'tries each key for a token without kid', () =>
  accept(
    ...withKeys(async (key) => [nameless(await otherKey()), nameless(key), nameless(await otherKey(1))], {
      kid: undefined,
    }),
  ),
)
for (const [what, other] of [
  ['of one type', otherKey],
  ['of two types', otherCurve],
] as const)
  caseTest('JWK-07', `finds the right one of two keys ${what} with one kid, in both orders`, async () => {
    const both = async (key: JWK): Promise<JWK[]> => [{ ...(await other()), kid: key.kid ?? '' }, key]
    expect(await accept(...withKeys(both))).toEqual({ kind: 'accept' })
    return accept(...withKeys(async (key) => (await both(key)).reverse()))
  })
caseTest('JWK-07', 'finds none where another key has taken the kid', async () => {
  const set = async ({ kid = '' }: JWK) => [{ ...(await otherCurve()), kid }]
  expect(await refuse(...withKeys(set))).toEqual({ kind: 'reject', code: 'jwks_key_not_found' })
  return accept(...withKeys((key) => [key]))
})
caseTest('JWK-08', 'does not try keys without kid for a token that has one', () =>
  refuse(...withKeys((key) => [nameless(key)])),
)
caseTest('JWK-09', 'refuses an encryption key', () => refuse(...withKeys((key) => [{ ...key, use: 'enc' }])))
caseTest('JWK-09', 'refuses a key that may not verify', () =>
  refuse(...withKeys((key) => [{ ...key, key_ops: ['encrypt'] }])),
)
caseTest('JWK-10', 'refuses a key of another alg, and takes one without', async () => {
  expect(await accept(...withKeys(({ alg: _, ...key }) => [key]))).toEqual({ kind: 'accept' })
  return refuse(...withKeys((key) => [{ ...key, alg: 'PS256' }]))
})
caseTest('JWK-11', 'never uses a symmetric key', () =>
  refuse(...withKeys((key) => [{ kty: 'oct', k: 'c2VjcmV0', kid: key.kid, alg: 'HS256' }])),
)
caseTest('JWK-11', 'refuses what a symmetric key of the set has signed', async () => {
  const oct = { kty: 'oct', k: 'c2VjcmV0', kid: 'shared', alg: 'HS256' }
  const signed = changeEndpoint('/oauth2/token', async (body) => {
    const signing = new SignJWT(decodeJwt(String(body['id_token'])))
    const header = { alg: 'HS256', kid: 'shared' }
    return { ...body, id_token: await signing.setProtectedHeader(header).sign(base64url.decode(oct.k)) }
  })
  const [served] = withKeys((key) => [oct, key])
  return refuse(served as Intercept, signed)
})
caseTest('JWK-12', 'skips keys it does not know, also under the kid of the good one', () =>
  accept(
    ...withKeys((key) => [
      { kty: 'AKP', kid: 'pq', alg: 'ML-DSA-44', pub: 'x' },
      { kty: 'made-up', kid: key.kid, alg: 'RS256' },
      { kid: key.kid },
      'no key',
      null,
      key,
    ]),
  ),
)
for (const [what, bad] of [
  ['a weak key', (key: JWK) => ({ ...key, n: key.n?.slice(0, 171) })],
  ['a key with its private part', (key: JWK) => ({ ...key, d: 'x' })],
] as const) {
  caseTest('JWK-13', `skips ${what}`, () => refuse(...withKeys((key) => [bad(key)])))
  it(`takes the good key beside ${what}`, async () => {
    expect(await accept(...withKeys((key) => [{ ...bad(key), kid: 'bad' }, key]))).toEqual({ kind: 'accept' })
  })
}
caseTest('JWK-14', 'refuses to go on without keys', async () => {
  const world = new World().prepare(answerEndpoint(JWKS, () => new Response('', { status: 500 })))
  const outcome = await signInBesideSession(world)
  // Beside the code, and for the id_token: each is repeated once, and a failure is not kept.
  expect(world.sent.slice(world.startedAt).filter((endpoint) => endpoint === 'jwks')).toHaveLength(4)
  return outcome
})
caseTest('JWK-14', 'gives up on keys that never come, and signs in when they come again', async () => {
  const world = new World()
  const earlier = await world.signIn()
  const [record, token] = [storedSession(earlier.tab), await earlier.auth.getAccessToken()]
  earlier.tab.load(await world.authorize(earlier))
  world.mock.fault('transport.hang', {}, { endpoint: 'jwks' })
  const page = world.page(earlier.tab)
  void page.auth.ready()
  const hasAnswered = ({ type, ...event }: SpatioAuthEvent) =>
    type === 'request' && 'endpoint' in event && event.endpoint === 'token'
  await world.settled(() => page.events.some(hasAnswered))
  await world.clock.advance(9999)
  expect(world.mock.requests({ endpoint: 'revoke' })).toEqual([])
  await world.clock.advance(1)
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
  world.mock.verify()
  expect(storedSession(page.tab)).toBe(record)
  await expect(page.auth.getAccessToken()).resolves.toBe(token)
  expect(page.events.map(({ type }) => type)).not.toContain('signed_in')
  const outcome = observeSignIn(page)
  expect(page.auth.getSnapshot().error).toMatchObject({ phase: 'jwks', retryable: true })
  expect(observeSignIn(await world.signIn(page.tab))).toEqual({ kind: 'accept' })
  return outcome
})
caseTest('JWK-16', 'refuses HTML for keys', () => refuse(answerEndpoint(JWKS, () => new Response('<p>'))))
caseTest('JWK-16', 'refuses a set without keys', () => refuse(changeEndpoint(JWKS, () => ({}))))

caseTest('JWK-15', 'uses the keys at hand when the endpoint is down', async () => {
  const world = new World()
  const page = await world.signIn()
  await world.clock.advance(600_000)
  world.intercepts.push(answerEndpoint(JWKS, () => new Response('', { status: 503 })))
  const [token, asked] = [await page.auth.getAccessToken(), world.sent.length]
  await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.not.toBe(token)
  expect(world.sent.slice(asked)).toEqual(['token', 'jwks', 'jwks'])
  const outcome = observeSignIn(page)
  // A day later they are too old: nothing is checked with them, and the session waits.
  page.tab.isVisible = false
  page.tab.dispatch('visibilitychange')
  await world.clock.advance(25 * 3_600_000)
  await expect(page.auth.getAccessToken()).rejects.toMatchObject({ code: 'refresh_transient' })
  expect(page.auth.getSnapshot()).toMatchObject({
    status: 'authenticated',
    error: { code: 'refresh_transient' },
  })
  world.intercepts.length = 0
  await world.clock.advance(90_000)
  await expect(page.auth.getAccessToken()).resolves.toMatch(/^tok_/)
  expect(observeSignIn(page)).toEqual({ kind: 'accept' })
  return outcome
})

it('keeps the keys at hand when what is fetched later is no set', async () => {
  for (const junk of ['<p>', '{}', '{"keys":{}}', ' '.repeat(2_000_000)]) {
    const world = new World()
    const page = await world.signIn()
    await world.clock.advance(600_000)
    const asked = world.sent.length
    world.intercepts.push(answerEndpoint(JWKS, () => new Response(junk, { headers: JSON_HEADERS })))
    await page.auth.getAccessToken({ forceRefresh: true })
    expect(world.sent.slice(asked)).toContain('jwks')
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  }
})

caseTest('JWK-20', 'keeps no key in storage', async () => {
  const { tab } = await new World({ storage: 'local' }).signIn()
  const kept = JSON.stringify([...tab.sessionStorage.entries(), ...tab.browser.localStorage.entries()])
  expect(kept).not.toMatch(/"(n|kty|keys|jwks_uri|jwksUri)\\?":/)
})

caseTest('JWK-21', 'asks another origin for the keys, without credentials', async () => {
  const world = new World()
  const elsewhere = 'https://cdn.test/keys.json'
  world.mock.fault('disc.member.set', { name: 'jwks_uri', value: elsewhere }, { times: 'always' })
  const asked: string[] = []
  world.intercepts.push((request) => {
    if (request.url !== elsewhere) return undefined
    asked.push(`${request.credentials} ${request.mode} ${String(request.headers.get('authorization'))}`)
    return world.mock.fetch(new Request('http://127.0.0.1:4400/.well-known/jwks.json'))
  })
  const page = await world.signIn()
  expect(asked).toEqual(['omit cors null'])
  expect(world.sent).not.toContain('jwks')
  return observeSignIn(page)
})
