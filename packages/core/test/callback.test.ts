import { caseTest } from '@spatio-labs/cases'
import { expect } from 'vitest'
import { changeEndpoint } from './kit/forge.js'
import { observeSignIn, signInBesideSession, type Observed } from './kit/observe.js'
import { ISSUER, World } from './kit/world.js'

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

for (const [how, added] of [
  ['code and state', ''],
  ['code, state and iss', `&iss=${encodeURIComponent(ISSUER)}`],
]) {
  caseTest('CB-01', `signs in with ${how}`, async () => {
    const world = new World()
    const first = world.page()
    const callback = `${await world.authorize(first)}${added}`
    const page = await world.reload(first.tab, callback)
    expect(page.tab.href).toBe('http://localhost:5173/')
    expect(page.tab.sessionStorage.entries().filter(([key]) => key.includes('transaction'))).toEqual([])
    // Metadata, then time, keys and code beside each other; and nobody asks who the user is.
    const [discovery, ...beside] = world.sent.slice(world.startedAt)
    expect([discovery, ...beside.sort()]).toEqual(['discovery', 'clock', 'jwks', 'token'])
    expect(page.events.map(({ type }) => type)).toContain('signed_in')
    return observeSignIn(page)
  })
}
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
  'CB-06',
  'refuses two iss, the right one first',
  change((url) => {
    url.searchParams.append('iss', ISSUER)
    url.searchParams.append('iss', 'https://evil.test')
  }),
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
  'CB-08',
  'refuses an empty error',
  change((url) => {
    url.search = `?error=&state=${url.searchParams.get('state')}`
  }),
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
  'CB-14',
  'does not believe an error of another authority',
  change((url) => {
    url.search = `?error=access_denied&state=${url.searchParams.get('state')}&iss=https://evil.test`
  }),
)
caseTest(
  'CB-16',
  'refuses another iss also when none was promised',
  change((url) => {
    url.searchParams.set('iss', 'https://evil.test')
  }),
)
for (const iss of [`${ISSUER}/`, ISSUER.toUpperCase(), `${ISSUER}/.`, ` ${ISSUER}`])
  caseTest(
    'CB-17',
    `refuses the iss ${JSON.stringify(iss)}, equal only after normalisation`,
    change((url) => url.searchParams.set('iss', iss)),
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
caseTest('CB-35', 'leaves a state alone that cannot be decoded, and throws nothing', async () => {
  const world = new World()
  const page = world.page()
  await world.authorize(page)
  const href = '/?code=%E0%A4%A&state=%'
  const next = await world.reload(page.tab, href)
  expect(next.tab.href).toBe(`http://localhost:5173${href}`)
  expect(next.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial', error: null })
  expect(world.tokenRequests('authorization_code')).toBe(0)
  return { kind: 'ignore' }
})

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
  'refuses a callback, of a code or an error, without the iss that the metadata promises, and sends no code',
  async () => {
    const promise = { authorization_response_iss_parameter_supported: true }
    const outcomes: Observed[] = []
    for (const answer of ['code=x', 'error=access_denied']) {
      const world = new World().prepare(
        changeEndpoint('/openid-configuration', (body) => ({ ...body, ...promise })),
      )
      outcomes.push(await signInBesideSession(world, {}, (href) => href.replace(/code=[^&]+/, answer)))
      expect(world.tokenRequests('authorization_code')).toBe(1)
    }
    expect(outcomes[0]).toEqual(outcomes[1])
    return outcomes[0]
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
