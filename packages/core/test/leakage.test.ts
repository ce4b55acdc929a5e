import { caseTest } from '@spatio-labs/cases'
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { answerEndpoint, changeEndpoint, forgeIdToken } from './kit/forge.js'
import { keepIdTokens } from './kit/keep-id-tokens.js'
import { APP_ORIGIN } from './kit/fake-browser.js'
import { observeRefusal, type ObservedRefusal } from './kit/observe-refusal.js'
import { observeSignIn, storedSession } from './kit/observe.js'
import { ISSUER, World, type Intercept, type Page } from './kit/world.js'

/** Everything a signed-in page can ask of the authority, up to its sign-out. */
async function useEveryEndpoint(world: World, { auth }: Page): Promise<void> {
  await auth.getUserInfo()
  await auth.introspect()
  await auth.getAccessToken({ forceRefresh: true })
  await auth.signOut()
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
}

caseTest(
  'LEAK-01',
  'takes the answer out of the address bar before the first await, and nothing else',
  async () => {
    const world = new World(
      { redirectPath: '/cb' },
      { clients: [{ client_id: 'demo-app', redirect_uris: ['http://localhost:5173/cb'] }] },
    )
    const page = world.page(world.browser.open('/notes'))
    const callback = new URL(await world.authorize(page))
    callback.searchParams.set('utm', 'a b')
    callback.hash = '#top'
    page.tab.load(callback.href)
    page.tab.historyState = { key: 1 }
    const next = world.page(page.tab)
    const ready = next.auth.ready()
    expect(page.tab.href).toBe('http://localhost:5173/cb?utm=a+b#top')
    expect(page.tab.historyState).toEqual({ key: 1 })
    await ready
    return observeSignIn(next)
  },
)

caseTest('LEAK-02', 'cleans the address bar of a refused answer too', async () => {
  const world = new World()
  const page = await world.reload(world.browser.open(), '/?code=x&state=sp1.forged&keep=1')
  expect(page.tab.href).toBe('http://localhost:5173/?keep=1')
  const outcome = observeSignIn(page)
  // The same where the answer is refused late, after its code was sent.
  world.mock.fault('id.nonce.wrong')
  const late = await world.signIn()
  expect(late.tab.href).toBe('http://localhost:5173/')
  expect(observeSignIn(late)).toEqual({ kind: 'reject', code: 'id_token_nonce_mismatch' })
  return outcome
})

caseTest('LEAK-03', 'sends no referrer', async () => {
  const world = new World()
  const policies = new Set<string>()
  world.intercepts.push((request) => (policies.add(request.referrerPolicy), undefined))
  const page = await world.signIn()
  const outcome = observeSignIn(page)
  await useEveryEndpoint(world, page)
  expect([...policies]).toEqual(['no-referrer'])
  return outcome
})

caseTest('LEAK-11', 'sends no cookies, and caches no token', async () => {
  const world = new World()
  const seen: Request[] = []
  world.intercepts.push((request) => (seen.push(request), undefined))
  await useEveryEndpoint(world, await world.signIn())
  const toAuthority = seen.filter(({ url }) => url.startsWith(ISSUER))
  expect(new Set(toAuthority.map(({ credentials }) => credentials))).toEqual(new Set(['omit']))
  expect(new Set(toAuthority.map(({ mode }) => mode))).toEqual(new Set(['cors']))
  const told = toAuthority.filter(({ url }) => url.includes('/oauth2/'))
  expect(new Set(told.map(({ url }) => new URL(url).pathname))).toEqual(
    new Set(['/oauth2/token', '/oauth2/userinfo', '/oauth2/introspect', '/oauth2/revoke']),
  )
  expect(new Set(told.map(({ cache }) => cache))).toEqual(new Set(['no-store']))
  return { kind: 'accept' }
})

const FAILURES: Record<string, Intercept> = {
  'a token error': answerEndpoint('/oauth2/token', () =>
    Response.json({ error: 'invalid_grant', error_description: 'no' }, { status: 400 }),
  ),
  'an HTML answer': answerEndpoint('/oauth2/token', () => new Response('<p>', { status: 502 })),
  'a lost answer': (request) =>
    request.url.endsWith('/oauth2/token') ? Promise.reject(new TypeError('Failed to fetch')) : undefined,
  'a bad id_token': forgeIdToken({ claims: (claims) => ({ ...claims, nonce: 'other' }) }),
  'a bad token response': changeEndpoint('/oauth2/token', (body) => ({ ...body, token_type: 'mac' })),
}

caseTest('LEAK-05', 'holds no secret in any error of a sign-in or a refresh', async () => {
  for (const failure of Object.values(FAILURES)) {
    const world = new World()
    const idTokens = keepIdTokens(world)
    const signedIn = await world.signIn()
    world.disarm()
    const secrets = Object.values(JSON.parse(storedSession(signedIn.tab) ?? '{}') as Record<string, string>)
    const callback = await world.authorize(signedIn)
    const [, transaction = '{}'] =
      signedIn.tab.sessionStorage.entries().find(([key]) => key.includes('transaction')) ?? []
    const { code_verifier: verifier, nonce } = JSON.parse(transaction) as Record<string, string>
    world.intercepts.push(failure)
    const page = await world.reload(signedIn.tab, callback)
    const refresh: unknown = await page.auth
      .getAccessToken({ forceRefresh: true })
      .catch((error: unknown) => error)
    const told = [page.auth.getSnapshot().error, refresh, page.events]
      .map((value) => inspect(value, { depth: 9 }))
      .join('\n')
    const code = new URL(callback).searchParams.get('code') ?? ''
    const tokens = secrets.filter((value) => /^(tok_|rft_|eyJ)/.test(String(value)))
    expect([tokens, idTokens].map(({ length }) => length)).toEqual([2, 1])
    for (const secret of [...tokens, ...idTokens, verifier, nonce, code]) expect(told).not.toContain(secret)
  }
})

caseTest('LEAK-06', 'shows nothing when the client is printed', async () => {
  const { auth, tab } = await new World().signIn()
  const shown = JSON.stringify(auth) + inspect(auth, { depth: 9, showHidden: true })
  const { accessToken, refreshToken } = JSON.parse(storedSession(tab) ?? '') as Record<string, string>
  expect(shown).not.toContain(accessToken)
  expect(shown).not.toContain(refreshToken)
})

caseTest('LEAK-07', 'sends the token to look-alike origins never', async () => {
  const world = new World({ allowedOrigins: ['https://api.example.com'] })
  const page = await world.signIn()
  const foreign = [
    'https://api.example.com.evil.test/',
    'https://apiXexample.com/',
    'https://api.example.com@evil.test/',
    'https://api.example.com:8443/',
    'http://api.example.com/',
    'https://api.example.com./',
    'https://аpi.example.com/',
    `${ISSUER}0/`,
  ]
  const outcomes: ObservedRefusal[] = []
  for (const url of foreign) outcomes.push(await observeRefusal(page, () => page.auth.fetch(url)))
  const [first] = outcomes
  expect(outcomes).toEqual(foreign.map(() => first))
  const bearers: (string | null)[] = []
  world.intercepts.push(({ url, headers }) => {
    if (!url.startsWith('https://api.example.com/')) return undefined
    bearers.push(headers.get('authorization'))
    return Promise.resolve(new Response('{}'))
  })
  expect((await page.auth.fetch('https://api.example.com/notes')).status).toBe(200)
  expect(bearers).toEqual([`Bearer ${await page.auth.getAccessToken()}`])
  return first
})

caseTest('LEAK-08', 'resolves a relative URL against the page and not against a base element', async () => {
  const page = await new World().signIn()
  const outcome = await observeRefusal(page, () => page.auth.fetch('/v1/notes'))
  // The page's own origin is one that has to be listed as any other.
  const world = new World({ allowedOrigins: [APP_ORIGIN] })
  const { auth } = await world.signIn()
  const sent = world.sent.length
  await auth.fetch('/v1/notes')
  expect(world.sent.slice(sent)).toEqual(['clock'])
  return outcome
})

caseTest('LEAK-09', 'follows no redirect with the token', async () => {
  const world = new World()
  const page = await world.signIn(undefined, { scope: 'openid read:*' })
  const notes = `${ISSUER}/v1/notes`
  world.mock.fault('http.redirect-loop', {}, { path: '/v1/notes' })
  const outcome = await observeRefusal(page, () => page.auth.fetch(notes), [notes])
  const headers = { location: 'https://evil.test/' }
  world.intercepts.push(answerEndpoint('/v1/notes', () => new Response(null, { status: 302, headers })))
  expect(await observeRefusal(page, () => page.auth.fetch(notes), [notes])).toEqual(outcome)
  world.intercepts.pop()
  world.mock.verify()
  expect((await page.auth.fetch(notes)).status).toBe(200)
  return outcome
})

caseTest('LEAK-12', 'sends code and verifier to the token endpoint of the issuer only', async () => {
  const world = new World()
  const targets: string[] = []
  world.intercepts.push((request) => (request.method === 'POST' && targets.push(request.url), undefined))
  await world.signIn()
  expect(targets).toEqual([`${ISSUER}/oauth2/token`])
})

it('adds the token and the workspace to a request for the API, and keeps what the app set', async () => {
  const world = new World({ workspaceId: () => 'ws_1' })
  const page = await world.signIn(undefined, { scope: 'openid read:*' })
  const seen: Headers[] = []
  world.intercepts.push(
    (request) => (request.url.endsWith('/v1/notes') && seen.push(request.headers), undefined),
  )
  const response = await page.auth.fetch(new Request(`${ISSUER}/v1/notes`, { headers: { 'x-app': '1' } }))
  expect(response.status).toBe(200)
  expect(Object.fromEntries(seen[0] ?? [])).toMatchObject({
    authorization: `Bearer ${await page.auth.getAccessToken()}`,
    'x-workspace-id': 'ws_1',
    'x-app': '1',
  })
})
