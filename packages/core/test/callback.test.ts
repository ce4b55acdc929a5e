import { caseTest } from '@spatio-labs/cases'
import { expect } from 'vitest'
import { changeEndpoint } from './kit/forge.js'
import { observeSignIn, signInBesideSession, type Observed } from './kit/observe.js'
import { World } from './kit/world.js'

/** A sign-in beside a live session, whose callback URL was changed on its way. */
function change(callback: (url: URL) => void): () => Promise<Observed> {
  return () =>
    signInBesideSession(new World(), {}, (href) => {
      const url = new URL(href)
      callback(url)
      return url.href
    })
}

/** The same, and nothing may have been asked of the token endpoint for it. */
function changeWithoutExchange(callback: (url: URL) => void): () => Promise<Observed> {
  return async () => {
    const world = new World()
    const outcome = await signInBesideSession(world, {}, (href) => {
      const url = new URL(href)
      callback(url)
      return url.href
    })
    expect(world.tokenRequests('authorization_code')).toBe(1)
    return outcome
  }
}

caseTest('CB-01', 'signs in with code and state', async () => observeSignIn(await new World().signIn()))
caseTest(
  'CB-02',
  'refuses a callback without state',
  changeWithoutExchange((url) => url.searchParams.delete('state')),
)
caseTest(
  'CB-03',
  'refuses a state nobody started',
  changeWithoutExchange((url) => url.searchParams.set('state', 'sp1.forged')),
)
caseTest(
  'CB-06',
  'refuses two codes',
  changeWithoutExchange((url) => url.searchParams.append('code', 'b')),
)
caseTest(
  'CB-06',
  'refuses two states',
  changeWithoutExchange((url) => url.searchParams.append('state', 'sp1.b')),
)
caseTest(
  'CB-07',
  'refuses code and error together',
  changeWithoutExchange((url) => url.searchParams.set('error', 'x')),
)
caseTest(
  'CB-08',
  'refuses an empty code',
  changeWithoutExchange((url) => url.searchParams.set('code', '')),
)
caseTest(
  'CB-10',
  'does not believe an error with an unknown state',
  changeWithoutExchange((url) => {
    url.search = '?error=server_error&state=sp1.zzz'
  }),
)
caseTest(
  'CB-14',
  'refuses the iss of another authority',
  changeWithoutExchange((url) => url.searchParams.set('iss', 'https://evil.test')),
)
caseTest(
  'CB-16',
  'refuses another iss also when none was promised',
  changeWithoutExchange((url) => {
    url.searchParams.set('iss', 'https://evil.test')
  }),
)
caseTest(
  'CB-17',
  'refuses an iss that is equal only after normalisation',
  changeWithoutExchange((url) => {
    url.searchParams.set('iss', 'http://127.0.0.1:4400/')
  }),
)
caseTest(
  'CB-18',
  'refuses tokens in the query',
  changeWithoutExchange((url) => url.searchParams.set('access_token', 'tok_x')),
)
caseTest(
  'CB-29',
  'refuses a code that was swapped',
  change((url) => url.searchParams.set('code', 'stolen')),
)
caseTest(
  'CB-35',
  'refuses a code with broken percent-encoding',
  changeWithoutExchange((url) => {
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

caseTest('CB-15', 'refuses a callback without the iss that the metadata promises', async () => {
  const world = new World()
  world.intercepts.push(
    changeEndpoint('/openid-configuration', (body) => ({
      ...body,
      authorization_response_iss_parameter_supported: true,
    })),
  )
  return observeSignIn(await world.signIn())
})

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
  return outcome
})

caseTest('CB-11', 'makes an error description inert', async () => {
  const world = new World()
  const page = world.page()
  const html = encodeURIComponent(`<img onerror="x">\u0007${'y'.repeat(100_000)}`)
  const callback = (await world.authorize(page)).replace(
    /code=[^&]+/,
    `error=server_error&error_description=${html}`,
  )
  const { error } = (await world.reload(page.tab, callback)).auth.getSnapshot()
  expect(error?.oauth?.description).toMatch(/^[\x20-\x7E]{256}$/)
  expect(error?.message).not.toContain('img')
  return { kind: 'reject', code: error?.code ?? '' }
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
