import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { answerEndpoint, forgeIdToken } from './kit/forge.js'
import { observeSignIn, signInBesideSession, storedSession } from './kit/observe.js'
import { answerPopup, newRelayWorld, openPopup } from './kit/popup.js'
import { RELAY_PATH, World } from './kit/world.js'

caseTest('CB-20', 'exchanges the code once when the callback runs twice', async () => {
  const world = new World()
  const first = world.page()
  const callback = await world.authorize(first)
  first.tab.load(callback)
  const page = world.page(first.tab)
  const [one, two, token] = await Promise.all([
    page.auth.ready(),
    page.auth.ready(),
    page.auth.getAccessToken(),
  ])
  expect(one).toBe(two)
  expect(one.status).toBe('authenticated')
  await expect(page.auth.getAccessToken()).resolves.toBe(token)
  expect(world.tokenRequests('authorization_code')).toBe(1)
  return observeSignIn(page)
})

caseTest('CB-21', 'does nothing when asked again after success', async () => {
  const world = new World()
  const page = await world.signIn()
  const [before, record, sent] = [page.auth.getSnapshot(), storedSession(page.tab), world.sent.length]
  await expect(page.auth.ready()).resolves.toBe(before)
  await expect(page.auth.retry()).resolves.toBe(before)
  expect(world.sent.slice(sent)).toEqual([])
  expect(storedSession(page.tab)).toBe(record)
  return { kind: 'ignore' }
})

caseTest('CB-22', 'keeps the session when a used callback is loaded again', async () => {
  const world = new World()
  const first = world.page()
  const callback = await world.authorize(first)
  await world.reload(first.tab, callback)
  const page = await world.reload(first.tab, callback)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  expect(page.events).toContainEqual(expect.objectContaining({ type: 'warning', code: 'state_replayed' }))
  expect(page.tab.href).toBe('http://localhost:5173/')
  expect(world.tokenRequests('authorization_code')).toBe(1)
  return { kind: 'keep' }
})

caseTest(
  'CB-22',
  'refuses a used callback where nobody is signed in any more, and lets the app start anew',
  async () => {
    const world = new World()
    const first = world.page()
    const callback = await world.authorize(first)
    await (await world.reload(first.tab, callback)).auth.signOut()
    await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
    const sent = world.sent.length
    const page = await world.reload(first.tab, callback)
    expect(world.sent.slice(sent)).toEqual([])
    world.startedAt = sent
    const outcome = observeSignIn(page)
    expect(observeSignIn(await world.reload(first.tab, await world.authorize(page)))).toEqual({
      kind: 'accept',
    })
    return outcome
  },
)

caseTest('CB-25', 'exchanges the code once when the tab was copied in between', async () => {
  const world = new World()
  const first = world.page()
  const callback = await world.authorize(first)
  const copy = world.browser.open(callback, first.tab)
  first.tab.load(callback)
  const pages = [world.page(first.tab), world.page(copy)]
  await Promise.all(pages.map(({ auth }) => auth.ready()))
  expect(world.tokenRequests('authorization_code')).toBe(1)
  expect(pages.filter(({ auth }) => auth.getSnapshot().isAuthenticated)).toHaveLength(1)
  return { kind: 'accept' }
})

caseTest('CB-26', 'refuses a callback that comes after an hour', async () => {
  const world = new World()
  const page = world.page()
  const callback = await world.authorize(page, { returnTo: '/reports?year=2026', appState: { draft: 7 } })
  await world.clock.advance(3_600_000)
  const late = await world.reload(page.tab, callback)
  const outcome = observeSignIn(late)
  expect(world.tokenRequests('authorization_code')).toBe(0)
  expect(late.tab.href).toMatch(/\/reports\?year=2026$/)
  expect(late.auth.getAppState()).toEqual({ draft: 7 })
  return outcome
})

for (const [what, edited] of [
  ['has wrong types', '{"code_verifier":7}'],
  ['is no JSON', '{'],
  ['is a list', '[]'],
] as const) {
  caseTest('CB-28', `deletes a transaction that ${what}, and sends nothing`, async () => {
    const world = new World()
    const edit = (href: string): string => {
      for (const { sessionStorage } of world.browser.tabs)
        for (const [key] of sessionStorage.entries())
          if (key.includes('transaction')) sessionStorage.setItem(key, edited)
      return href
    }
    const outcome = await signInBesideSession(world, {}, edit)
    expect(world.tokenRequests('authorization_code')).toBe(1)
    for (const { sessionStorage } of world.browser.tabs)
      expect(sessionStorage.entries().filter(([key]) => key.includes('transaction'))).toEqual([])
    return outcome
  })
}

caseTest('CB-32', 'sends the redirect_uri of the request with the code', async () => {
  const world = new World()
  const page = await world.signIn()
  const [request] = world.mock.requests({ endpoint: 'token' })
  expect(request?.parameters['redirect_uri']).toBe('http://localhost:5173/')
  return observeSignIn(page)
})

caseTest('CB-32', 'sends the redirect_uri of a popup, which is not where the page is', async () => {
  const world = newRelayWorld()
  const page = world.page(world.browser.open('/notes'))
  const { popup, result } = await openPopup(world, page)
  await answerPopup(world, page, popup)
  await result
  const [request] = world.mock.requests({ endpoint: 'token' })
  expect(request?.parameters['redirect_uri']).toBe(`http://localhost:5173${RELAY_PATH}`)
  return observeSignIn(page)
})

caseTest('CB-33', 'never sends a code again when the answer was lost', async () => {
  const world = new World()
  const lost = () => Promise.reject(new TypeError('Failed to fetch'))
  let sent = 0
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/oauth2/token')) return undefined
    sent++
    return forward(request).then(lost)
  })
  const page = await world.signIn()
  await world.clock.advance(600_000)
  expect(sent).toBe(1)
  return observeSignIn(page)
})

caseTest('CB-34', 'replaces the session of another user at once', async () => {
  const world = new World()
  const first = await world.signIn()
  const token = await first.auth.getAccessToken()
  const callback = await world.authorize(first)
  world.intercepts.push(forgeIdToken({ claims: (claims) => ({ ...claims, sub: 'usr_jonas' }) }))
  const page = await world.reload(first.tab, callback)
  expect(page.auth.getSnapshot().user?.sub).toBe('usr_jonas')
  expect(page.events.map(({ type }) => type)).toContain('user_changed')
  expect(storedSession(page.tab)).not.toContain(token)
  await expect(page.auth.getAccessToken()).resolves.not.toBe(token)
  return observeSignIn(page)
})

it('names the authority and not a body when the token endpoint is down', async () => {
  const world = new World()
  world.intercepts.push(
    answerEndpoint('/oauth2/token', () => new Response('<h1>secret page</h1>', { status: 502 })),
  )
  const { error } = (await world.signIn()).auth.getSnapshot()
  expect(error).toMatchObject({ code: 'token_request_failed', retryable: true })
  expect(JSON.stringify(error) + String(error?.message)).not.toContain('secret')
})
