import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { answerEndpoint, changeEndpoint } from './kit/forge.js'
import { observeRefresh, storedSession } from './kit/observe.js'
import { World, type Intercept, type Page } from './kit/world.js'

const HOUR = 3_600_000

caseTest(
  'REF-01',
  'stores the new refresh token of every answer before it hands out the access token',
  async () => {
    const world = new World()
    const { tab } = await world.signIn()
    // A page that knows no keys yet must fetch them to check the id_token.
    const page = await world.reload(tab)
    const stored = (): Record<string, unknown> =>
      JSON.parse(storedSession(tab) ?? '') as Record<string, unknown>
    const before = stored()
    let publish: () => void = () => undefined
    const published = new Promise<void>((resolve) => (publish = resolve))
    let isChecking = false
    world.intercepts.push((request, forward) => {
      if (!request.url.endsWith('/jwks.json')) return undefined
      isChecking = true
      return published.then(() => forward(request))
    })
    const token = page.auth.getAccessToken({ forceRefresh: true })
    await world.settled(() => isChecking)
    expect(stored()['refreshToken']).not.toBe(before['refreshToken'])
    expect(stored()['accessToken']).toBe(before['accessToken'])
    publish()
    expect(stored()).toMatchObject({ accessToken: before['accessToken'] })
    const fresh = await token
    expect(stored()).toMatchObject({ accessToken: fresh })
    // The authority is strict: the old one would end the session.
    return observeRefresh(page)
  },
)

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
