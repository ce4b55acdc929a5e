import { caseTest } from '@spatio-labs/cases'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { expect, it } from 'vitest'
import { answerEndpoint, changeEndpoint, forgeIdToken, forgeryKey } from './kit/forge.js'
import { observeSignIn, signInBesideSession, storedSession, type Observed } from './kit/observe.js'
import { World, type Intercept, type Page } from './kit/world.js'

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

async function otherKey(members: Partial<JWK> = {}): Promise<JWK> {
  const { publicKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(publicKey)), use: 'sig', alg: 'RS256', ...members }
}

async function otherCurve(): Promise<JWK> {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  return exportJWK(publicKey)
}

const nameless = ({ kid: _, alg: __, ...key }: JWK): JWK => key

caseTest('JWK-01', 'finds the new key after a rotation', async () => {
  const world = new World()
  const first = await world.signIn()
  await world.mock.keys.rotate({ retire: 'keep' })
  const callback = await world.authorize(first)
  return observeSignIn(await world.reload(first.tab, callback))
})

caseTest('JWK-02', 'fetches the keys again when they were rotated a moment ago', async () => {
  const world = new World()
  const page = await world.signIn()
  await world.mock.keys.rotate({ retire: 'keep' })
  await page.auth.getAccessToken({ forceRefresh: true })
  expect(page.events.map(({ type }) => type)).toContain('jwks_refetched')
  return observeSignIn(page)
})

/** Why a refreshed id_token was not used, as the message of a development build says. */
async function refusedCode({ auth }: Page): Promise<string> {
  const error: unknown = await auth.getAccessToken({ forceRefresh: true }).catch((reason: unknown) => reason)
  return /jwks_\w+|id_token_\w+/.exec(error instanceof Error ? error.message : '')?.[0] ?? ''
}

caseTest('JWK-03', 'fetches the keys again at most once in 30 seconds', async () => {
  const world = new World()
  const page = await world.signIn()
  const before = world.mock.requests({ endpoint: 'jwks' }).length
  const codes: string[] = []
  for (const [seconds, requests] of [
    [0, 1],
    [29, 1],
    [1, 2],
  ] as const) {
    world.intercepts.splice(0, Infinity, forgeIdToken({ header: { kid: `junk-${seconds}` } }))
    await world.clock.advance(seconds * 1000)
    codes.push(await refusedCode(page))
    // Another answer would spend another refresh token, and its key could not be looked for.
    expect(world.tokenRequests('refresh_token')).toBe(requests)
    expect(world.mock.requests({ endpoint: 'jwks' }).length - before).toBe(requests)
  }
  return { kind: 'reject', code: [...new Set(codes)].join() }
})

caseTest('JWK-04', 'refuses a kid that is not in the set after one refetch', async () => {
  const world = new World().prepare(forgeIdToken({ header: { kid: 'unknown' } }))
  const outcome = await signInBesideSession(world)
  expect(world.mock.requests({ endpoint: 'jwks' })).toHaveLength(3)
  return outcome
})

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
    ...withKeys(async (key) => [nameless(await otherKey()), nameless(key), nameless(await otherKey())], {
      kid: undefined,
    }),
  ),
)
caseTest('JWK-07', 'tries both of two keys with one kid', () =>
  accept(...withKeys(async (key) => [await otherKey({ kid: key.kid ?? '' }), key])),
)
caseTest('JWK-08', 'does not try keys without kid for a token that has one', () =>
  refuse(...withKeys((key) => [nameless(key)])),
)
caseTest('JWK-09', 'refuses an encryption key', () => refuse(...withKeys((key) => [{ ...key, use: 'enc' }])))
caseTest('JWK-09', 'refuses a key that may not verify', () =>
  refuse(...withKeys((key) => [{ ...key, key_ops: ['encrypt'] }])),
)
caseTest('JWK-10', 'refuses a key of another alg', () =>
  refuse(...withKeys((key) => [{ ...key, alg: 'PS256' }])),
)
caseTest('JWK-11', 'never uses a symmetric key', () =>
  refuse(...withKeys((key) => [{ kty: 'oct', k: 'c2VjcmV0', kid: key.kid, alg: 'HS256' }])),
)
caseTest('JWK-12', 'skips keys it does not know', () =>
  accept(...withKeys((key) => [{ kty: 'AKP', kid: 'pq', pub: 'x' }, key])),
)
caseTest('JWK-13', 'skips a weak key', () =>
  refuse(...withKeys((key) => [{ ...key, n: key.n?.slice(0, 171) }])),
)
caseTest('JWK-13', 'skips a key with its private part', () =>
  refuse(...withKeys((key) => [{ ...key, d: 'x' }])),
)
caseTest('JWK-14', 'refuses to go on without keys', () =>
  refuse(answerEndpoint(JWKS, () => new Response('', { status: 500 }))),
)
caseTest('JWK-16', 'refuses HTML for keys', () => refuse(answerEndpoint(JWKS, () => new Response('<p>'))))
caseTest('JWK-16', 'refuses a set without keys', () => refuse(changeEndpoint(JWKS, () => ({}))))

caseTest('JWK-15', 'uses the keys at hand when the endpoint is down', async () => {
  const world = new World()
  const page = await world.signIn()
  await world.clock.advance(600_000)
  world.intercepts.push(answerEndpoint(JWKS, () => new Response('', { status: 503 })))
  await page.auth.getAccessToken({ forceRefresh: true })
  return observeSignIn(page)
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

caseTest('JWK-19', 'forgets a key that the authority removed', async () => {
  const world = new World()
  const page = await world.signIn()
  world.intercepts.push(forgeIdToken({}))
  await page.auth.getAccessToken({ forceRefresh: true })
  await world.clock.advance(600_000)
  world.intercepts.unshift(
    answerEndpoint(JWKS, () => world.mock.fetch(new Request('http://127.0.0.1:4400/.well-known/jwks.json'))),
  )
  const idToken = () => (JSON.parse(storedSession(page.tab) ?? '') as { idToken: string }).idToken
  const before = idToken()
  const code = await refusedCode(page)
  expect(idToken()).toBe(before)
  return { kind: 'reject', code }
})

caseTest('JWK-20', 'keeps no key in storage', async () => {
  const { tab } = await new World({ storage: 'local' }).signIn()
  const kept = JSON.stringify([...tab.sessionStorage.entries(), ...tab.browser.localStorage.entries()])
  expect(kept).not.toMatch(/"(n|kty|keys|jwks_uri|jwksUri)\\?":/)
})

caseTest('JWK-21', 'asks for keys without credentials', async () => {
  const world = new World()
  const asked: string[] = []
  world.intercepts.push((request) => {
    if (request.url.endsWith(JWKS))
      asked.push(`${request.credentials} ${String(request.headers.get('authorization'))}`)
    return undefined
  })
  const page = await world.signIn()
  expect(asked).toEqual(['omit null'])
  return observeSignIn(page)
})
