import { caseTest } from '@spatio-labs/cases'
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { answerEndpoint, changeEndpoint, forgeIdToken } from './kit/forge.js'
import { without } from './kit/forged-sign-in.js'
import { observeRefusal } from './kit/observe-refusal.js'
import { observeSignIn, signInBesideSession, storedSession, type Observed } from './kit/observe.js'
import { ISSUER, World, type Intercept } from './kit/world.js'

const TOKEN = '/oauth2/token'

const refuse = (intercept: Intercept) => (): Promise<Observed> =>
  signInBesideSession(new World().prepare(intercept))
const change = (members: Record<string, unknown>): Intercept =>
  changeEndpoint(TOKEN, (body) => ({ ...body, ...members }))
/** The first request is answered so, the rest go through. */
function answerOnce(path: string, make: () => Response): Intercept {
  let isOver = false
  return (request) => {
    if (isOver || !request.url.endsWith(path)) return undefined
    isOver = true
    return Promise.resolve(make())
  }
}
const answer = (make: () => Response): Intercept => answerEndpoint(TOKEN, make)

async function accept(intercept: Intercept): Promise<Observed> {
  const world = new World()
  world.intercepts.push(intercept)
  return observeSignIn(await world.signIn())
}

caseTest('TOK-01', 'refuses a missing access token', refuse(change({ access_token: undefined })))
caseTest('TOK-01', 'refuses an access token that is a number', refuse(change({ access_token: 7 })))
caseTest('TOK-02', 'compares token_type without case', () => accept(change({ token_type: 'bEARER' })))
caseTest('TOK-03', 'refuses a missing token_type', refuse(change({ token_type: undefined })))
caseTest('TOK-04', 'refuses token_type mac', refuse(change({ token_type: 'mac' })))
caseTest('TOK-06', 'works without expires_in, until the API refuses the token', async () => {
  const world = new World()
  world.intercepts.push(change({ expires_in: undefined }))
  const page = await world.signIn(undefined, { scope: 'openid read:*' })
  expect(page.auth.getActivity().expiresAt).toBeNull()
  await world.clock.advance(3_000_000)
  expect(world.tokenRequests('refresh_token')).toBe(0)
  world.intercepts.push(answerOnce('/v1/notes', () => new Response('{}', { status: 401 })))
  expect((await page.auth.fetch(`${ISSUER}/v1/notes`)).status).toBe(200)
  expect(world.tokenRequests('refresh_token')).toBe(1)
  return observeSignIn(page)
})
caseTest('TOK-08', 'refuses a missing id_token', refuse(change({ id_token: undefined })))
caseTest('TOK-10', 'takes an absent scope for the one it asked for', async () => {
  const world = new World({ requiredScopes: ['email'] })
  world.intercepts.push(change({ scope: undefined }))
  const page = await world.signIn(undefined, { scope: 'openid email' })
  expect(page.auth.getSnapshot().scopes).toEqual(['openid', 'email'])
  await expect(page.auth.getAccessToken({ scope: 'email' })).resolves.toMatch(/^tok_/)
  return observeSignIn(page)
})
caseTest(
  'TOK-11',
  'takes a 200 with an error for an error',
  refuse(answer(() => Response.json({ error: 'invalid_grant' }))),
)
for (const status of [400, 502]) {
  caseTest('TOK-12', `keeps the status of an HTML answer ${status}, and not its text`, async () => {
    const page = () =>
      new Response('<p>a marked page</p>', { status, headers: { 'content-type': 'text/html' } })
    const world = new World().prepare(answer(page))
    const outcome = await signInBesideSession(world)
    const [tab] = world.browser.tabs
    expect(tab?.href).toBe('http://localhost:5173/')
    const alone = await world.signIn()
    const { error } = alone.auth.getSnapshot()
    expect(error?.message).toContain(`[status ${status}]`)
    expect(error?.retryable).toBe(true)
    expect(inspect(error, { depth: 9 }) + JSON.stringify(alone.events)).not.toContain('marked')
    expect(observeSignIn(alone)).toEqual(outcome)
    return outcome
  })
}

caseTest(
  'TOK-13',
  'refuses JSON of another media type',
  refuse((request, forward) => {
    if (!request.url.endsWith(TOKEN)) return undefined
    return forward(request).then(async (response) => {
      return new Response(await response.text(), { headers: { 'content-type': 'text/html' } })
    })
  }),
)
for (const token of ['abc\r\nX: y', 'tök', 'a b', 'a\tb', 'a\0', 'a=b', '"a"', ' a'])
  caseTest(
    'TOK-15',
    `refuses the access token ${JSON.stringify(token)}`,
    refuse(change({ access_token: token })),
  )
it('takes every sign that a Bearer token may have', async () => {
  const token = 'azAZ09-._~+/=='
  const world = new World()
  const withToken = (request: Request, forward: (request: Request) => Promise<Response>) =>
    change({ access_token: token })(request, forward) ?? forward(request)
  world.intercepts.push((request, forward) =>
    forgeIdToken(without('at_hash'))(request, (next) => withToken(next, forward)),
  )
  const page = await world.signIn()
  await expect(page.auth.getAccessToken()).resolves.toBe(token)
})
caseTest(
  'TOK-17',
  'follows no 307',
  refuse(answer(() => new Response(null, { status: 307, headers: { location: 'https://evil.test/' } }))),
)
caseTest('TOK-18', 'reports invalid_client without a retry', async () => {
  const world = new World().prepare(answer(() => Response.json({ error: 'invalid_client' }, { status: 401 })))
  const outcome = await signInBesideSession(world)
  await world.clock.advance(600_000)
  expect(world.sent.slice(world.startedAt).filter((endpoint) => endpoint === 'token')).toHaveLength(1)
  return outcome
})

const DAY = 86_400_000

for (const [expiresIn, seconds] of [
  ['3600', 3600],
  [7200, 7200],
] as const) {
  caseTest('TOK-07', `refreshes shortly before a lifetime of ${JSON.stringify(expiresIn)} ends`, async () => {
    const world = new World()
    world.intercepts.push(change({ expires_in: expiresIn }))
    const page = await world.signIn()
    expect(page.auth.getActivity().expiresAt).toBe(world.clock.now() + seconds * 1000)
    await world.clock.advance(seconds * 1000 - 61_000)
    expect(world.tokenRequests('refresh_token')).toBe(0)
    await world.clock.advance(2000)
    expect(world.tokenRequests('refresh_token')).toBe(1)
    return observeSignIn(page)
  })
}

for (const expiresIn of [Number.NaN, 0, -5, 1e12, 'soon', null, [3600]]) {
  caseTest('TOK-07', `takes a lifetime of ${JSON.stringify(expiresIn)} for unknown`, async () => {
    const world = new World()
    world.intercepts.push(change({ expires_in: expiresIn }))
    const page = await world.signIn()
    const token = await page.auth.getAccessToken()
    expect(page.auth.getActivity().expiresAt).toBeNull()
    expect(JSON.parse(storedSession(page.tab) ?? '')).toMatchObject({ expiresIn: null })
    // No timer of a nonsensical length: nothing is refreshed, and the token is handed out.
    await world.clock.advance(DAY)
    expect(world.tokenRequests('refresh_token')).toBe(0)
    await expect(page.auth.getAccessToken()).resolves.toBe(token)
    return observeSignIn(page)
  })
}

caseTest('TOK-09', 'shows a narrower scope, and hands out no token for one that is missing', async () => {
  const world = new World()
  world.intercepts.push(change({ scope: 'openid' }))
  const page = await world.signIn()
  expect(page.auth.getSnapshot().scopes).toEqual(['openid'])
  expect(page.events).toContainEqual(expect.objectContaining({ type: 'signed_in', scopes: ['openid'] }))
  const refused = await observeRefusal(page, () => page.auth.getAccessToken({ scope: 'email' }))
  expect(refused.code).toBe('interaction_required')
  return observeSignIn(page)
})

caseTest(
  'TOK-09',
  'refuses a sign-in without a scope that the app requires, and revokes its tokens',
  async () => {
    const world = new World({ requiredScopes: ['email'] }).prepare(change({ scope: 'openid' }))
    const outcome = await signInBesideSession(world)
    expect(world.mock.requests({ endpoint: 'revoke' })).toHaveLength(2)
    return outcome
  },
)

caseTest('TOK-14', 'copies known members only', async () => {
  const world = new World()
  world.intercepts.push(
    changeEndpoint(TOKEN, (body) => {
      const extras = { profile: { sub: 'evil' }, expires_at: 1, state: 'x' }
      return JSON.stringify({ ...body, ...extras }).replace('{', '{"__proto__":{"access_token":"evil"},')
    }),
  )
  const page = await world.signIn()
  expect(page.auth.getSnapshot().user?.sub).toBe('usr_mira')
  await expect(page.auth.getAccessToken()).resolves.toMatch(/^tok_/)
  expect(storedSession(page.tab)).not.toContain('evil')
  expect(JSON.stringify(page.events)).not.toContain('evil')
  // One hour from now, and not when `expires_at` says.
  expect(page.auth.getActivity().expiresAt).toBe(world.clock.now() + 3_600_000)
  expect(({} as Record<string, unknown>)['access_token']).toBeUndefined()
  return observeSignIn(page)
})

caseTest('TOK-14', 'takes no member that only a prototype offers', async () => {
  const inherited = changeEndpoint(TOKEN, ({ access_token: token, ...body }) =>
    JSON.stringify(body).replace('{', `{"__proto__":{"access_token":"${String(token)}"},`),
  )
  expect(await refuse(inherited)()).toEqual({ kind: 'reject', code: 'token_response_invalid' })
  return accept(changeEndpoint(TOKEN, (body) => body))
})

caseTest(
  'TOK-16',
  'gives up on a token endpoint that never answers, and lets the next sign-in through',
  async () => {
    const world = new World()
    const earlier = await world.signIn()
    const record = storedSession(earlier.tab)
    const callback = await world.authorize(earlier)
    let isAborted = false
    world.intercepts.push((request) => {
      if (!request.url.endsWith(TOKEN)) return undefined
      request.signal.addEventListener('abort', () => (isAborted = true))
      return new Promise<Response>(() => undefined)
    })
    earlier.tab.load(callback)
    const next = world.page(earlier.tab)
    const settled = next.auth.ready()
    await world.settled(() =>
      next.events.some((event) => event.type === 'request' && event.endpoint === 'jwks'),
    )
    await world.clock.advance(9000)
    expect(isAborted).toBe(false)
    await world.clock.advance(1000)
    await settled
    expect(isAborted).toBe(true)
    expect(storedSession(next.tab)).toBe(record)
    expect(next.auth.getSnapshot().isAuthenticated).toBe(true)
    const outcome = observeSignIn(next)
    world.intercepts.length = 0
    expect(observeSignIn(await world.signIn(next.tab))).toEqual({ kind: 'accept' })
    return outcome
  },
)
