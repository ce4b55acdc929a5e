import { caseTest } from '@spatio-labs/cases'
import { expect } from 'vitest'
import { answerEndpoint, changeEndpoint } from './kit/forge.js'
import { observeSignIn, signInBesideSession, storedSession, type Observed } from './kit/observe.js'
import { World, type Intercept } from './kit/world.js'

const TOKEN = '/oauth2/token'

const refuse = (intercept: Intercept) => (): Promise<Observed> =>
  signInBesideSession(new World().prepare(intercept))
const change = (members: Record<string, unknown>): Intercept =>
  changeEndpoint(TOKEN, (body) => ({ ...body, ...members }))
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
caseTest('TOK-06', 'works without expires_in', () => accept(change({ expires_in: undefined })))
caseTest('TOK-08', 'refuses a missing id_token', refuse(change({ id_token: undefined })))
caseTest('TOK-10', 'takes an absent scope for the one it asked for', () =>
  accept(change({ scope: undefined })),
)
caseTest(
  'TOK-11',
  'takes a 200 with an error for an error',
  refuse(answer(() => Response.json({ error: 'invalid_grant' }))),
)
caseTest(
  'TOK-12',
  'keeps the status of an HTML answer and not its text',
  refuse(answer(() => new Response('<p>', { status: 502 }))),
)
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
caseTest('TOK-15', 'refuses a token with a line break', refuse(change({ access_token: 'abc\r\nX: y' })))
caseTest(
  'TOK-17',
  'follows no 307',
  refuse(answer(() => new Response(null, { status: 307, headers: { location: 'https://evil.test/' } }))),
)
caseTest('TOK-18', 'reports invalid_client without a retry', async () => {
  const world = new World()
  let asked = 0
  world.intercepts.push(answer(() => (asked++, Response.json({ error: 'invalid_client' }, { status: 401 }))))
  const outcome = observeSignIn(await world.signIn())
  expect(asked).toBe(1)
  return outcome
})

for (const expiresIn of ['3600', Number.NaN, 0, -5, 1e12, 'soon']) {
  caseTest('TOK-07', `survives expires_in ${String(expiresIn)}`, async () => {
    const world = new World()
    world.intercepts.push(change({ expires_in: expiresIn }))
    const page = await world.signIn()
    await world.clock.advance(60_000)
    expect(world.tokenRequests('refresh_token')).toBe(0)
    return observeSignIn(page)
  })
}

caseTest('TOK-09', 'shows a narrower scope', async () => {
  const world = new World()
  world.intercepts.push(change({ scope: 'openid' }))
  const page = await world.signIn()
  expect(page.auth.getSnapshot().scopes).toEqual(['openid'])
  await expect(page.auth.getAccessToken({ scope: 'email' })).rejects.toMatchObject({
    code: 'interaction_required',
  })
  return observeSignIn(page)
})

caseTest('TOK-09', 'refuses a sign-in without a scope that the app requires', async () => {
  const world = new World({ requiredScopes: ['email'] })
  world.intercepts.push(change({ scope: 'openid' }))
  return observeSignIn(await world.signIn())
})

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
  expect(storedSession(page.tab)).not.toContain('evil')
  return observeSignIn(page)
})

caseTest('TOK-16', 'gives up on a token endpoint that never answers', async () => {
  const world = new World()
  const page = world.page()
  const callback = await world.authorize(page)
  let isAborted = false
  world.intercepts.push((request) => {
    if (!request.url.endsWith(TOKEN)) return undefined
    request.signal.addEventListener('abort', () => (isAborted = true))
    return new Promise<Response>(() => undefined)
  })
  page.tab.load(callback)
  const next = world.page(page.tab)
  const settled = next.auth.ready()
  await world.settled(() =>
    next.events.some((event) => event.type === 'request' && event.endpoint === 'jwks'),
  )
  await world.clock.advance(11_000)
  await settled
  expect(isAborted).toBe(true)
  return observeSignIn(next)
})
