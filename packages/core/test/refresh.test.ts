import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { answerEndpoint, changeEndpoint } from './kit/forge.js'
import { observeRefresh, storedSession, type Observed } from './kit/observe.js'
import { World, type Intercept, type Page } from './kit/world.js'

const HOUR = 3_600_000

/** A signed-in page, then something that goes wrong with its next refresh. */
async function refreshAfter(...intercepts: Intercept[]): Promise<Observed> {
  const world = new World()
  const page = await world.signIn()
  world.intercepts.push(...intercepts)
  return observeRefresh(page)
}

const oauthError = (error: string, status = 400): Intercept =>
  answerEndpoint('/oauth2/token', () => Response.json({ error }, { status }))

caseTest('REF-01', 'stores the new refresh token of every answer', async () => {
  const world = new World()
  const page = await world.signIn()
  const first = storedSession(page.tab)
  const outcome = await observeRefresh(page)
  expect(JSON.parse(storedSession(page.tab) ?? '')).not.toMatchObject({
    refreshToken: (JSON.parse(first ?? '') as { refreshToken: string }).refreshToken,
  })
  await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
  return outcome
})

caseTest('REF-02', 'keeps the refresh token when the answer has none', async () => {
  const world = new World({}, { refreshGrace: 60 })
  const page = await world.signIn()
  const { refreshToken } = JSON.parse(storedSession(page.tab) ?? '') as { refreshToken: string }
  world.intercepts.push(changeEndpoint('/oauth2/token', ({ refresh_token: _, ...body }) => body))
  const outcome = await observeRefresh(page)
  expect(JSON.parse(storedSession(page.tab) ?? '')).toMatchObject({ refreshToken })
  return outcome
})

caseTest('REF-03', 'sends one request for ten tabs that wake with an expired token', async () => {
  const world = new World({ storage: 'local' })
  const first = await world.signIn()
  const others = await Promise.all(
    Array.from({ length: 9 }, async () => {
      const page = world.page()
      await page.auth.ready()
      return page
    }),
  )
  world.clock.jump(2 * HOUR)
  const tokens = await Promise.all([first, ...others].map(({ auth }) => auth.getAccessToken()))
  expect(new Set(tokens).size).toBe(1)
  expect(world.tokenRequests('refresh_token')).toBe(1)
  return { kind: 'accept' }
})

caseTest('REF-09', 'signs out when the refresh token is refused', () =>
  refreshAfter(oauthError('invalid_grant')),
)
caseTest('REF-11', 'keeps the session on a 503', () =>
  refreshAfter(oauthError('temporarily_unavailable', 503)),
)
caseTest('REF-11', 'keeps the session on a 500 without JSON', () =>
  refreshAfter(answerEndpoint('/oauth2/token', () => new Response('oops', { status: 500 }))),
)
caseTest('REF-13', 'keeps the session when a portal answers 403 with HTML', () =>
  refreshAfter(answerEndpoint('/oauth2/token', () => new Response('<p>log in</p>', { status: 403 }))),
)

caseTest('REF-10', 'keeps the session offline and heals when the network is back', async () => {
  const world = new World()
  const page = await world.signIn()
  world.isOffline = true
  await world.clock.advance(HOUR + 10_000)
  const outcome = await observeRefresh(page)
  expect(page.auth.getSnapshot()).toMatchObject({
    status: 'authenticated',
    error: { code: 'refresh_transient' },
  })
  world.isOffline = false
  page.tab.dispatch('online')
  await world.clock.advance(0)
  await world.settled(() => page.auth.getSnapshot().error === null)
  return outcome
})

caseTest('REF-12', 'waits as long as a 429 says', async () => {
  const world = new World()
  const page = await world.signIn()
  let asked = 0
  world.intercepts.push(
    answerEndpoint('/oauth2/token', () => {
      asked++
      return new Response('', { status: 429, headers: { 'retry-after': '120' } })
    }),
  )
  const outcome = await observeRefresh(page)
  await world.clock.advance(119_000)
  expect(asked).toBe(1)
  await world.clock.advance(2000)
  await world.settled(() => asked === 2)
  return outcome
})

caseTest('REF-06', 'goes on in another tab when the one that refreshes is closed', async () => {
  const world = new World({ storage: 'local' }, { refreshGrace: 60 })
  const dying = await world.signIn()
  const next = world.page()
  await next.auth.ready()
  const hang: Intercept = (request) =>
    request.url.endsWith('/oauth2/token') ? new Promise<Response>(() => undefined) : undefined
  world.intercepts.push(hang)
  dying.auth.getAccessToken({ forceRefresh: true }).catch(() => undefined)
  await world.settled(() => storedSession(dying.tab, 'local')?.includes('"attemptedAt":17') ?? false)
  world.intercepts.pop()
  dying.tab.close()
  await expect(next.auth.getAccessToken({ forceRefresh: true })).resolves.toMatch(/^tok_/)
  return { kind: 'accept' }
})

caseTest('REF-07', 'suspects reuse when an answer was lost and the token is then refused', async () => {
  const world = new World()
  const page = await world.signIn()
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/oauth2/token')) return undefined
    world.intercepts.pop()
    return forward(request).then(() => Promise.reject(new TypeError('Failed to fetch')))
  })
  await expect(page.auth.getAccessToken({ forceRefresh: true })).rejects.toMatchObject({
    code: 'refresh_transient',
  })
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  return observeRefresh(page)
})

caseTest('REF-14', 'keeps the token until it expires when the client may not refresh', async () => {
  const outcome = await refreshAfter(oauthError('unauthorized_client'))
  expect(outcome.kind).toBe('keep')
  return { kind: 'reject', code: outcome.kind === 'keep' ? (outcome.code ?? '') : '' }
})

caseTest('REF-16', 'refreshes on demand after a sleep', async () => {
  const world = new World()
  const page = await world.signIn()
  const token = await page.auth.getAccessToken()
  world.clock.jump(8 * HOUR)
  await expect(page.auth.getAccessToken()).resolves.not.toBe(token)
  return { kind: 'retry' }
})

caseTest('REF-18', 'counts a lifetime from receipt on a device that is an hour off', async () => {
  for (const hours of [-1, 1]) {
    const world = new World()
    world.setDeviceAhead(hours * HOUR)
    const page = await world.signIn()
    await page.auth.getAccessToken()
    expect(world.tokenRequests('refresh_token')).toBe(0)
    await world.clock.advance(HOUR)
    await world.settled(() => world.tokenRequests('refresh_token') === 1)
    expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  }
  return { kind: 'accept' }
})

caseTest('REF-30', 'lets a sign-out win over a refresh that answers later', async () => {
  const world = new World()
  const page = await world.signIn()
  let answer: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (answer = resolve))
  world.intercepts.push((request, forward) =>
    request.url.endsWith('/oauth2/token')
      ? forward(request).then(async (response) => (await gate, response))
      : undefined,
  )
  const refresh = page.auth
    .getAccessToken({ forceRefresh: true })
    .catch((error: { code: string }) => error.code)
  await world.settled(() => world.tokenRequests('refresh_token') === 1)
  await page.auth.signOut()
  answer()
  await expect(refresh).resolves.toBe('not_authenticated')
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 4)
  expect(storedSession(page.tab)).toBeNull()
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'signed-out' })
  return { kind: 'signout', reason: 'stays' }
})

caseTest('REF-32', 'gives a typed error when there is no refresh token', async () => {
  const world = new World()
  world.intercepts.push(changeEndpoint('/oauth2/token', ({ refresh_token: _, ...body }) => body))
  const page = await world.signIn()
  await page.auth.getAccessToken()
  world.clock.jump(2 * HOUR)
  const code = await page.auth.getAccessToken().catch((error: { code: string }) => error.code)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'expired' })
  return { kind: 'reject', code }
})

caseTest('REF-33', 'refreshes and repeats once when the API answers 401', async () => {
  const world = new World({}, { additionalScopes: {} })
  const page = await world.signIn(undefined, { scope: 'openid profile email read:*' })
  const token = await page.auth.getAccessToken()
  await world.mock.fetch(
    new Request(`${world.mock.issuer}/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    }),
  )
  const response = await page.auth.fetch(`${world.mock.issuer}/v1/notes`)
  expect(response.status).toBe(200)
  expect(world.tokenRequests('refresh_token')).toBe(1)
  return { kind: 'retry' }
})

caseTest('REF-35', 'starts offline with what is stored', async () => {
  const world = new World()
  const first = await world.signIn()
  world.isOffline = true
  const page = await world.reload(first.tab)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  expect(page.tab.navigations).toEqual([])
  return { kind: 'keep' }
})

it('settles as authenticated with refresh_transient when an expired session cannot be renewed in time', async () => {
  const world = new World()
  const first = await world.signIn()
  world.clock.jump(2 * HOUR)
  world.isOffline = true
  const page: Page = await world.reload(first.tab)
  expect(page.auth.getSnapshot()).toMatchObject({
    status: 'authenticated',
    error: { code: 'refresh_transient' },
  })
})

it('keeps user and state the same objects over ten refreshes', async () => {
  const world = new World()
  const page = await world.signIn()
  const before = page.auth.getSnapshot()
  for (let count = 0; count < 10; count++) await page.auth.getAccessToken({ forceRefresh: true })
  expect(page.auth.getSnapshot()).toBe(before)
})
