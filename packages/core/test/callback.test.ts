import { caseTest } from '@spatio-labs/cases'
import { expect } from 'vitest'
import { changeEndpoint } from './kit/forge.js'
import { observeSignIn, signInBesideSession, type Observed } from './kit/observe.js'
import { World } from './kit/world.js'

/** A sign-in beside a live session, whose callback URL was changed on its way. */
function change(callback: (url: URL) => void, exchanges: 0 | 1 = 0): () => Promise<Observed> {
  return async () => {
    const world = new World()
    const outcome = await signInBesideSession(world, {}, (href) => {
      const url = new URL(href)
      callback(url)
      return url.href
    })
    // One code was exchanged for the session before.
    expect(world.tokenRequests('authorization_code')).toBe(1 + exchanges)
    return outcome
  }
}

caseTest('CB-01', 'signs in with code and state', async () => observeSignIn(await new World().signIn()))
caseTest(
  'CB-02',
  'refuses a callback without state',
  change((url) => url.searchParams.delete('state')),
)
caseTest(
  'CB-03',
  'refuses a state nobody started',
  change((url) => url.searchParams.set('state', 'sp1.forged')),
)
caseTest(
  'CB-06',
  'refuses two codes',
  change((url) => url.searchParams.append('code', 'b')),
)
caseTest(
  'CB-06',
  'refuses two states',
  change((url) => url.searchParams.append('state', 'sp1.b')),
)
caseTest(
  'CB-07',
  'refuses code and error together',
  change((url) => url.searchParams.set('error', 'x')),
)
caseTest(
  'CB-08',
  'refuses an empty code',
  change((url) => url.searchParams.set('code', '')),
)
caseTest(
  'CB-10',
  'does not believe an error with an unknown state',
  change((url) => {
    url.search = '?error=server_error&state=sp1.zzz'
  }),
)
caseTest(
  'CB-14',
  'refuses the iss of another authority',
  change((url) => url.searchParams.set('iss', 'https://evil.test')),
)
caseTest(
  'CB-16',
  'refuses another iss also when none was promised',
  change((url) => {
    url.searchParams.set('iss', 'https://evil.test')
  }),
)
caseTest(
  'CB-17',
  'refuses an iss that is equal only after normalisation',
  change((url) => {
    url.searchParams.set('iss', 'http://127.0.0.1:4400/')
  }),
)
caseTest(
  'CB-18',
  'refuses tokens in the query',
  change((url) => url.searchParams.set('access_token', 'tok_x')),
)
caseTest(
  'CB-29',
  'refuses a code that was swapped',
  change((url) => url.searchParams.set('code', 'stolen'), 1),
)
caseTest(
  'CB-35',
  'refuses a code with broken percent-encoding',
  change((url) => {
    url.search = url.search.replace(/code=[^&]+/, 'code=%E0%A4%A')
  }),
)
caseTest('CB-16', 'accepts the right iss when none was promised', async () => {
  const world = new World()
  const page = world.page()
  const callback = await world.authorize(page)
  return observeSignIn(
    await world.reload(page.tab, `${callback}&iss=${encodeURIComponent('http://127.0.0.1:4400')}`),
  )
})

caseTest(
  'CB-15',
  'refuses a callback without the iss that the metadata promises, and sends no code',
  async () => {
    const promise = { authorization_response_iss_parameter_supported: true }
    const world = new World().prepare(
      changeEndpoint('/openid-configuration', (body) => ({ ...body, ...promise })),
    )
    const outcome = await signInBesideSession(world)
    expect(world.tokenRequests('authorization_code')).toBe(1)
    return outcome
  },
)

caseTest('CB-05', "leaves another library's code and state alone", async () => {
  const world = new World()
  const page = world.page(world.browser.open('/?code=123&state=%7B%7D'))
  await page.auth.ready()
  expect(page.tab.href).toContain('?code=123&state=%7B%7D')
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
  return { kind: 'ignore' }
})

caseTest('CB-05', 'leaves our own parameters alone on another path', async () => {
  const world = new World()
  const page = world.page()
  const callback = new URL(await world.authorize(page))
  callback.pathname = '/integrations'
  const next = await world.reload(page.tab, callback.href)
  expect(next.tab.href).toBe(callback.href)
  expect(world.tokenRequests('authorization_code')).toBe(0)
  return { kind: 'ignore' }
})

caseTest('CB-09', 'reports a refused consent, keeps the session and does not start again', async () => {
  const world = new World()
  const outcome = await signInBesideSession(world, {}, (href) =>
    href.replace(/code=[^&]+/, 'error=access_denied'),
  )
  expect(world.tokenRequests('authorization_code')).toBe(1)
  await world.clock.advance(600_000)
  for (const tab of world.browser.tabs)
    expect([tab.navigations, tab.popups, tab.frames]).toEqual([[], [], []])
  expect(world.mock.requests({ endpoint: 'authorize' })).toHaveLength(2)
  return outcome
})

caseTest('CB-09', 'tells a refused consent apart from what went wrong', async () => {
  const world = new World()
  world.mock.fault('cb.error.access_denied')
  const page = await world.signIn()
  expect(page.auth.getSnapshot()).toMatchObject({
    status: 'error',
    error: { code: 'authorization_error', retryable: false, oauth: { error: 'access_denied' } },
  })
  return observeSignIn(page)
})

caseTest('CB-11', 'makes an error description inert', async () => {
  const world = new World()
  const page = world.page()
  const html = encodeURIComponent(`<img onerror="x">\u0007${'y'.repeat(100_000)}`)
  const callback = (await world.authorize(page)).replace(
    /code=[^&]+/,
    `error=server_error&error_description=${html}`,
  )
  const next = await world.reload(page.tab, callback)
  const { error } = next.auth.getSnapshot()
  expect(error?.oauth?.description).toMatch(/^[\x20-\x7E]{256}$/)
  expect(error?.message).not.toContain('img')
  return observeSignIn(next)
})

for (const code of [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]) {
  caseTest('CB-12', `tells ${code} apart`, async () => {
    const outcome = await signInBesideSession(new World(), {}, (href) =>
      href.replace(/code=[^&]+/, `error=${code}`),
    )
    expect(outcome).toEqual({ kind: 'reject', code })
    return outcome
  })
}
