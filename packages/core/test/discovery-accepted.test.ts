import { caseTest } from '@spatio-labs/cases'
import { expect } from 'vitest'
import { changeJson, forgeIdToken } from './kit/forge.js'
import { observeSignIn, signInUnderFault } from './kit/observe.js'
import { ISSUER, World } from './kit/world.js'

const METADATA = '/.well-known/openid-configuration'
const codeOf = (error: unknown): string => (error as { code: string }).code

caseTest(
  'DISC-03',
  'removes the terminating slash for the URL only, and compares the issuer whole',
  async () => {
    const issuer = `${ISSUER}/a/alias/`
    const world = new World({ issuer })
    const asked: string[] = []
    world.intercepts.push((request, forward) => {
      const { pathname } = new URL(request.url)
      if (!pathname.startsWith('/a/alias/.well-known/')) return undefined
      asked.push(pathname)
      return changeJson(forward(new Request(ISSUER + METADATA)), (body) => ({ ...body, issuer }))
    })
    const whole = forgeIdToken({ claims: (claims) => ({ ...claims, iss: issuer }) })
    world.intercepts.push(whole)
    expect((await world.signIn()).auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
    expect(new Set(asked)).toEqual(new Set(['/a/alias/.well-known/openid-configuration']))
    // Without the slash it is another issuer's id_token.
    world.intercepts.pop()
    world.intercepts.push(forgeIdToken({ claims: (claims) => ({ ...claims, iss: issuer.slice(0, -1) }) }))
    const { error } = (await world.signIn()).auth.getSnapshot()
    expect(error).toMatchObject({ code: 'id_token_iss_mismatch' })
    return { kind: 'accept' }
  },
)

caseTest(
  'DISC-12',
  'sends S256 when the authority says nothing of PKCE, and wants state and nonce',
  async () => {
    const silent = { name: 'code_challenge_methods_supported', value: undefined }
    const create = (): World => {
      const world = new World()
      world.mock.fault('disc.member.set', silent, { times: 'always' })
      return world
    }
    const world = create()
    const outcome = observeSignIn(await world.signIn())
    const [request] = world.mock.requests({ endpoint: 'authorize' })
    expect(request?.parameters).toMatchObject({ code_challenge_method: 'S256' })
    expect(request?.parameters['state']).toMatch(/^sp1\./)
    expect(request?.parameters['nonce']).toHaveLength(43)
    for (const [fault, code, exchanges] of [
      ['cb.state.missing', 'state_missing', 0],
      ['id.nonce.missing', 'id_token_nonce_missing', 1],
    ] as const)
      expect(await signInUnderFault(fault, { world: create(), exchanges })).toEqual({ kind: 'reject', code })
    return outcome
  },
)

caseTest('DISC-15', 'shares one request among all who need the metadata, and keeps no failure', async () => {
  const world = new World()
  const { auth } = await world.reload((await world.signIn()).tab)
  const [before, most] = [world.sent.length, { inFlight: 0 }]
  let inFlight = 0
  world.mock.fault('disc.500', {}, { times: 2 })
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith(METADATA)) return undefined
    most.inFlight = Math.max(most.inFlight, ++inFlight)
    return forward(request).finally(() => inFlight--)
  })
  const askAll = () => {
    const calls = [auth.getUserInfo, auth.introspect, auth.signIn].map((call) =>
      Array.from({ length: 7 }, () => call().catch(codeOf)),
    )
    return calls.flat()
  }
  expect(new Set(await Promise.all(askAll()))).toEqual(new Set(['discovery_failed']))
  // The first attempt is one request and its one repetition.
  expect(world.sent.slice(before)).toEqual(['discovery', 'discovery'])
  world.mock.verify()
  const answers = await Promise.all(askAll().slice(0, 14))
  expect(answers.filter((answer) => typeof answer === 'object')).toHaveLength(14)
  expect(world.sent.slice(before).filter((endpoint) => endpoint === 'discovery')).toHaveLength(3)
  expect(most.inFlight).toBe(1)
  return { kind: 'retry' }
})

caseTest('DISC-16', 'sends the code where the authority was when the user left', async () => {
  const world = new World()
  const leaving = world.page()
  const callback = await world.authorize(leaving)
  world.mock.fault('disc.changed-mid-session', {}, { times: 'always' })
  const page = await world.reload(leaving.tab, callback)
  const moved = `${ISSUER}/oauth2/token-moved`
  expect(world.sent.slice(world.startedAt)).toContain('token')
  expect(world.sent).not.toContain(moved)
  world.mock.verify()
  const outcome = observeSignIn(page)
  // The session knows the new place.
  await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
  expect(world.sent.at(-1)).toBe(moved)
  return outcome
})

for (const [what, fault] of [
  ['the token endpoint is on another origin', 'disc.endpoint.foreign-origin'],
  ['the metadata is of another issuer', 'disc.issuer.mismatch'],
] as const)
  caseTest('DISC-16', `sends the code nowhere when ${what} by then`, () =>
    signInUnderFault(fault, { exchanges: 0 }),
  )

caseTest(
  'DISC-19',
  'takes the jwks_uri from the metadata, and has the keys before it asks for a user',
  async () => {
    const world = new World()
    world.mock.fault('tolerate.disc.jwks-path-random', {}, { times: 'always' })
    const page = await world.signIn()
    await page.auth.getUserInfo()
    const keys = world.sent.findIndex((endpoint) => /jwks-[\w-]{43}\.json$/.test(endpoint))
    expect(keys).toBeGreaterThan(0)
    expect(world.sent.indexOf('userinfo')).toBeGreaterThan(keys)
    expect(world.sent).not.toContain('jwks')
    return observeSignIn(page)
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
