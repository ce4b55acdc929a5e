import { caseTest } from '@spatio-labs/cases'
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { answerEndpoint, changeEndpoint, forgeIdToken } from './kit/forge.js'
import { observeSignIn, storedSession } from './kit/observe.js'
import { ISSUER, World, type Intercept, type Page } from './kit/world.js'

const codeOf = (error: unknown): string => (error as { code: string }).code

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
  return observeSignIn(page)
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
    const signedIn = await world.signIn()
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
    expect(tokens).toHaveLength(3)
    for (const secret of [...tokens, verifier, nonce, code]) expect(told).not.toContain(secret)
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
  const { auth } = await world.signIn()
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
  const sent: string[] = []
  world.intercepts.push(({ url }) => (sent.push(url), undefined))
  const codes = await Promise.all(foreign.map((url) => auth.fetch(url).catch(codeOf)))
  expect(sent).toEqual([])
  expect(new Set(codes)).toEqual(new Set(['foreign_origin_rejected']))
  return { kind: 'reject', code: String(codes[0]) }
})

caseTest('LEAK-08', 'resolves a relative URL against the page and not against a base element', async () => {
  const { auth } = await new World().signIn()
  const code = await auth.fetch('/v1/notes').catch(codeOf)
  return { kind: 'reject', code: String(code) }
})

caseTest('LEAK-09', 'follows no redirect with the token', async () => {
  const world = new World()
  const { auth } = await world.signIn()
  world.intercepts.push(
    answerEndpoint(
      '/v1/notes',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.test/' } }),
    ),
  )
  const code = await auth.fetch(`${ISSUER}/v1/notes`).catch(codeOf)
  return { kind: 'reject', code: String(code) }
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
