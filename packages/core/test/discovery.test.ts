import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { answerEndpoint, changeEndpoint, changeJson } from './kit/forge.js'
import { observeRefusal, observeRefusedSignIn } from './kit/observe-refusal.js'
import { observeSignIn } from './kit/observe.js'
import { World, type Intercept } from './kit/world.js'

const METADATA = '/.well-known/openid-configuration'

/** The metadata is wrong from the second sign-in on, so that there is a session before. */
function withMetadata(change: Record<string, unknown>): World {
  return new World().prepare(changeEndpoint(METADATA, (body) => ({ ...body, ...change })))
}

function withAnswer(answer: () => Response | Promise<Response>): World {
  return new World().prepare(answerEndpoint(METADATA, answer))
}

/** Nobody is sent anywhere, and nobody but for the metadata was asked. */
const signInRefused = (world: World) => observeRefusedSignIn(world, { requests: ['discovery'] })
/** The same where asking once more may help. */
const signInRefusedTwice = (world: World) =>
  observeRefusedSignIn(world, { requests: ['discovery', 'discovery'] })

const refuse = (change: Record<string, unknown>) => () => signInRefused(withMetadata(change))
const json = (body: unknown) => () => Response.json(body)

caseTest('DISC-01', 'refuses metadata of another issuer', refuse({ issuer: 'http://127.0.0.1:4400INVALID' }))
for (const [how, found] of [
  ['a slash', 'https://op.test/'],
  ['the case of its host', 'https://OP.test'],
  ['its default port', 'https://op.test:443'],
] as const) {
  caseTest('DISC-02', `refuses an issuer that differs by ${how}, and names both`, async () => {
    const issuer = 'https://op.test'
    const world = new World({ issuer }, { issuer })
    world.prepare(changeEndpoint(METADATA, (body) => ({ ...body, issuer: found })))
    const outcome = await signInRefused(world)
    const told = await world.page().auth.signIn().then(String, String)
    expect(told).toContain(`configured ${issuer}, metadata ${found}`)
    return outcome
  })
}
caseTest('DISC-07', 'refuses metadata without a token endpoint', refuse({ token_endpoint: undefined }))
caseTest('DISC-07', 'refuses metadata without a jwks_uri', refuse({ jwks_uri: undefined }))
caseTest(
  'DISC-07',
  'refuses an authorization endpoint that is a number',
  refuse({ authorization_endpoint: 7 }),
)
caseTest('DISC-08', 'refuses an endpoint that is plain http', refuse({ jwks_uri: 'http://op.test/jwks' }))
caseTest(
  'DISC-09',
  'refuses a javascript: endpoint',
  refuse({ authorization_endpoint: 'javascript:alert(1)//' }),
)
caseTest(
  'DISC-09',
  'refuses an endpoint with credentials',
  refuse({ authorization_endpoint: 'https://a:b@op.test/' }),
)
caseTest(
  'DISC-11',
  'refuses an authority that offers plain only',
  refuse({ code_challenge_methods_supported: ['plain'] }),
)
caseTest(
  'DISC-13',
  'refuses an authority that signs with HS256 only',
  refuse({
    id_token_signing_alg_values_supported: ['HS256', 'none'],
  }),
)
caseTest('DISC-04', 'reports a 500 and asks again next time', async () => {
  const world = withAnswer(() => new Response('', { status: 500 }))
  const outcome = await signInRefusedTwice(world)
  world.intercepts.pop()
  await expect(world.authorize(world.page())).resolves.toContain('code=')
  return outcome
})
caseTest('DISC-04', 'gives up on metadata that never comes, and keeps the session', async () => {
  const world = withAnswer(() => new Promise(() => undefined))
  const page = await world.reload((await world.signIn()).tab)
  world.arm()
  return observeRefusal(page, () => {
    const asked = world.sent.length
    const outcome = page.auth.signIn()
    const isAsked = world.settled(() => world.sent.length > asked)
    return Promise.all([outcome, isAsked.then(() => world.clock.advance(10_000))])
  }, ['discovery'])
})
caseTest('DISC-05', 'reports a captive portal', () =>
  signInRefused(withAnswer(() => new Response('<html>', { headers: { 'content-type': 'text/html' } }))),
)
caseTest('DISC-06', 'refuses a list', () => signInRefused(withAnswer(json([]))))
caseTest('DISC-06', 'refuses null', () => signInRefused(withAnswer(json(null))))
caseTest('DISC-06', 'refuses five megabytes', () =>
  signInRefused(withAnswer(json({ filler: 'x'.repeat(5_000_000) }))),
)
caseTest('DISC-14', 'follows no redirect', () =>
  signInRefused(
    withAnswer(() => new Response(null, { status: 302, headers: { location: 'https://evil.test/' } })),
  ),
)
caseTest('DISC-18', 'reports a network or CORS failure', () =>
  signInRefusedTwice(withAnswer(() => Promise.reject(new TypeError('Failed to fetch')))),
)

caseTest('DISC-10', 'is not polluted by prototype members', async () => {
  const world = new World()
  const polluting: Intercept = changeEndpoint(METADATA, (body) =>
    JSON.stringify(body).replace('{', '{"__proto__":{"isAdmin":true},'),
  )
  world.intercepts.push(polluting)
  const page = await world.signIn()
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  return { kind: 'accept' }
})

caseTest('DISC-12', 'sends S256 when the authority says nothing of PKCE', async () => {
  const world = withMetadata({ code_challenge_methods_supported: undefined })
  world.arm()
  await world.authorize(world.page())
  const [request] = world.mock.requests({ endpoint: 'authorize' })
  expect(request?.parameters).toMatchObject({ code_challenge_method: 'S256' })
  expect(request?.parameters['state']).toMatch(/^sp1\./)
  expect(request?.parameters['nonce']).toHaveLength(43)
  return { kind: 'accept' }
})

caseTest('DISC-15', 'shares one request and does not keep a failure', async () => {
  const world = new World()
  let failures = 0
  world.intercepts.push((request) => {
    if (!request.url.endsWith(METADATA) || failures === 2) return undefined
    failures++
    return Promise.resolve(new Response('', { status: 500 }))
  })
  const page = world.page()
  const codes = await Promise.all(
    Array.from({ length: 20 }, () => page.auth.signIn().catch((error: { code: string }) => error.code)),
  )
  expect(new Set(codes)).toEqual(new Set(['discovery_failed']))
  expect(failures).toBe(2)
  await world.authorize(page)
  expect(world.mock.requests({ endpoint: 'discovery' })).toHaveLength(1)
  return { kind: 'retry' }
})

caseTest('DISC-19', 'takes the jwks_uri from the metadata', async () => {
  const world = withMetadata({ jwks_uri: 'http://127.0.0.1:4400/keys/k7f3' })
  world.arm()
  const asked: string[] = []
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/keys/k7f3')) return undefined
    asked.push(request.credentials)
    return forward(new Request('http://127.0.0.1:4400/.well-known/jwks.json'))
  })
  const page = await world.signIn()
  expect(asked).toEqual(['omit'])
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  return { kind: 'accept' }
})

it('refuses a token endpoint on another origin than the issuer', async () => {
  const outcome = await signInRefused(withMetadata({ token_endpoint: 'https://elsewhere.test/token' }))
  expect(outcome).toEqual({ kind: 'reject', code: 'discovery_invalid' })
})

caseTest(
  'DISC-03',
  'removes the terminating slash for the URL only, and compares the issuer whole',
  async () => {
    const issuer = 'http://127.0.0.1:4400/a/alias/'
    const world = new World({ issuer })
    const asked: string[] = []
    world.intercepts.push((request, forward) => {
      const { pathname } = new URL(request.url)
      if (!pathname.startsWith('/a/alias/.well-known/')) return undefined
      asked.push(pathname)
      return changeJson(forward(new Request(`http://127.0.0.1:4400${METADATA}`)), (body) => ({
        ...body,
        issuer,
      }))
    })
    await expect(world.authorize(world.page())).resolves.toContain('code=')
    expect(asked).toEqual(['/a/alias/.well-known/openid-configuration'])
    return { kind: 'accept' }
  },
)

caseTest(
  'DISC-16',
  'sends no code to another origin when the metadata changed while the user was away',
  async () => {
    const world = new World()
    const first = world.page()
    const callback = await world.authorize(first)
    const member = { name: 'token_endpoint', value: 'https://elsewhere.test/token' }
    world.mock.fault('disc.member.set', member, { times: 'always' })
    const page = await world.reload(first.tab, callback)
    expect(world.tokenRequests('authorization_code')).toBe(0)
    expect(observeSignIn(page)).toEqual({ kind: 'reject', code: 'discovery_invalid' })
    // Another path of the same authority is what a move looks like.
    const moved = new World()
    const leaving = moved.page()
    const answer = await moved.authorize(leaving)
    const asked: string[] = []
    moved.mock.fault('disc.member.set', { name: 'token_endpoint', value: 'http://127.0.0.1:4400/v2/token' })
    moved.intercepts.push((request, forward) => {
      if (!request.url.endsWith('/v2/token')) return undefined
      asked.push(request.url)
      return forward(new Request('http://127.0.0.1:4400/oauth2/token', request))
    })
    const outcome = observeSignIn(await moved.reload(leaving.tab, answer))
    expect(asked).toHaveLength(1)
    return outcome
  },
)

caseTest('DISC-20', 'takes only the literal true for a promise of iss', async () => {
  for (const value of ['true', 1, {}]) {
    const world = new World()
    world.mock.fault(
      'disc.member.set',
      { name: 'authorization_response_iss_parameter_supported', value },
      { times: 'always' },
    )
    expect(observeSignIn(await world.signIn())).toEqual({ kind: 'accept' })
    world.mock.verify()
  }
  return { kind: 'accept' }
})
