import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { storageKey } from '../src/storage-names.js'
import type { FakeTab } from './kit/fake-browser.js'
import { observeSignIn, storedSession } from './kit/observe.js'
import { ISSUER, World } from './kit/world.js'

const CLIENTS = ['demo-app', 'other-app'].map((client_id) => ({
  client_id,
  redirect_uris: ['http://localhost:5173/'],
}))

const OTHER = { clientId: 'other-app' }
const sessionOf = (tab: FakeTab): string | null =>
  tab.sessionStorage.getItem(storageKey({ issuer: ISSUER, ...OTHER }))

/** Somebody is signed in to the other client in this tab. */
async function signInOther(world: World): Promise<FakeTab> {
  const page = world.page(undefined, OTHER)
  page.tab.load(await world.authorize(page))
  await world.page(page.tab, OTHER).auth.ready()
  return page.tab
}

for (const [what, copy] of [
  ['refuses the state of another client on the same page', false],
  ['refuses a transaction that was copied from another client', true],
] as const) {
  caseTest('CB-04', what, async () => {
    const world = new World({}, { clients: CLIENTS })
    const first = world.page(await signInOther(world))
    const callback = await world.authorize(first)
    const copied = first.tab.sessionStorage.entries().filter(([key]) => key.includes('transaction'))
    if (copy)
      for (const [key, value] of copied)
        first.tab.sessionStorage.setItem(key.replace(':demo-app:', ':other-app:'), value)
    const earlier = sessionOf(first.tab)
    expect(earlier).not.toBeNull()
    first.tab.load(callback)
    const other = world.page(first.tab, OTHER)
    await other.auth.ready()
    const outcome = observeSignIn(other)
    // The other client's own session is as it was, and its transaction is still there for its callback.
    expect(other.auth.getSnapshot().isAuthenticated).toBe(true)
    expect(sessionOf(first.tab)).toBe(earlier)
    expect(world.tokenRequests('authorization_code')).toBe(1)
    expect((await world.reload(first.tab, callback)).auth.getSnapshot().status).toBe('authenticated')
    return outcome
  })
}

caseTest('CB-19', 'leaves an answer in the fragment alone', async () => {
  const world = new World()
  world.mock.fault('cb.fragment-instead-of-query')
  const page = world.page()
  const next = await world.reload(page.tab, await world.authorize(page))
  expect(next.tab.href).toContain('#')
  expect(next.tab.href).toContain('code=')
  expect(world.tokenRequests('authorization_code')).toBe(0)
  expect(next.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
  return { kind: 'ignore' }
})

caseTest('CB-18', 'uses no token that came in the fragment, and cleans the address bar', async () => {
  const world = new World()
  const page = world.page()
  const { search } = new URL(await world.authorize(page))
  const next = await world.reload(page.tab, `/#access_token=tok_evil&id_token=x.y.z&${search.slice(1)}`)
  expect(next.tab.href).toBe('http://localhost:5173/')
  expect(world.tokenRequests('authorization_code')).toBe(0)
  return observeSignIn(next)
})

caseTest('CB-18', 'refuses a code beside tokens in the fragment, and cleans both', async () => {
  const world = new World()
  const page = world.page()
  const { search } = new URL(await world.authorize(page))
  const next = await world.reload(page.tab, `/${search}&keep=1#access_token=tok_evil`)
  expect(next.tab.href).toBe('http://localhost:5173/?keep=1')
  return observeSignIn(next)
})

it('takes a state of ours out of the address bar also when tokens stand in the fragment', async () => {
  const world = new World()
  const page = await world.reload(world.browser.open(), '/?code=x&state=sp1.forged#access_token=tok_evil')
  expect(page.tab.href).toBe('http://localhost:5173/')
  expect(observeSignIn(page)).toEqual({ kind: 'reject', code: 'state_mismatch' })
})

it("leaves another library's state alone, whatever stands in the fragment, also while a sign-in is pending", async () => {
  const world = new World()
  const page = world.page()
  await world.authorize(page)
  const href = '/?code=x&state=theirs#access_token=tok_theirs'
  const next = await world.reload(page.tab, href)
  expect(next.tab.href).toBe(`http://localhost:5173${href}`)
  expect(next.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'initial' })
})

caseTest('CB-13', 'says that a temporary error may pass, and starts nothing by itself', async () => {
  const world = new World()
  world.mock.fault('cb.error.temporarily_unavailable')
  const page = await world.signIn()
  await world.clock.advance(600_000)
  expect(page.tab.navigations).toEqual([])
  expect(page.auth.getSnapshot().error).toMatchObject({
    code: 'authorization_error',
    retryable: true,
    phase: 'callback',
    oauth: { error: 'temporarily_unavailable' },
  })
  return observeSignIn(page)
})

caseTest('CB-27', 'explains a callback whose transaction is not in this browser', async () => {
  const world = new World()
  const callback = await world.authorize(world.page())
  const page = await world.reload(world.browser.open(), callback)
  expect(world.tokenRequests('authorization_code')).toBe(0)
  expect(page.auth.getSnapshot().error?.message).toContain('another tab')
  return observeSignIn(page)
})

caseTest(
  'CB-30',
  'catches a code of somebody else by the nonce when the authority ignores PKCE',
  async () => {
    const world = new World()
    const attacker = world.page()
    const stolen = new URL(await world.authorize(attacker)).searchParams.get('code') ?? ''
    const [, record = ''] =
      attacker.tab.sessionStorage.entries().find(([key]) => key.includes('transaction')) ?? []
    const { code_verifier: verifier } = JSON.parse(record) as { code_verifier: string }
    // An authority that compares no verifier redeems any code for anybody.
    world.intercepts.push((request, forward) => {
      if (!request.url.endsWith('/oauth2/token')) return undefined
      return request.text().then((text) => {
        const form = new URLSearchParams(text)
        form.set('code_verifier', verifier)
        return forward(new Request(request.url, { method: 'POST', body: form }))
      })
    })
    const victim = world.page()
    const callback = await world.authorize(victim)
    const page = await world.reload(victim.tab, callback.replace(/code=[^&]+/, `code=${stolen}`))
    expect(world.tokenRequests('authorization_code')).toBe(1)
    await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 2)
    return observeSignIn(page)
  },
)

caseTest('CB-31', 'ignores what it does not know and leaves the parameters of the app in place', async () => {
  const world = new World()
  world.mock.fault('tolerate.cb.extra-params')
  const page = world.page()
  const callback = `${await world.authorize(page)}&session_state=x&tab=notes`
  const next = world.page(page.tab)
  page.tab.load(callback)
  const ready = next.auth.ready()
  expect(next.tab.href).not.toMatch(/code=|state=/)
  expect(next.tab.href).toContain('tab=notes')
  await ready
  return observeSignIn(next)
})

caseTest('CB-36', 'assumes nothing of the length of a code', async () => {
  const world = new World()
  const page = world.page()
  const long = 'c'.repeat(8192)
  const sent: string[] = []
  const callback = new URL(await world.authorize(page))
  const code = callback.searchParams.get('code') ?? ''
  callback.searchParams.set('code', long)
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/oauth2/token')) return undefined
    return request.text().then((text) => {
      const form = new URLSearchParams(text)
      sent.push(form.get('code') ?? '')
      form.set('code', code)
      return forward(new Request(request.url, { method: 'POST', body: form }))
    })
  })
  const next = await world.reload(page.tab, callback.href)
  expect(sent).toEqual([long])
  return observeSignIn(next)
})

caseTest('CB-23', 'keeps the session when the user goes back to a used callback', async () => {
  const world = new World()
  const first = world.page()
  const callback = await world.authorize(first)
  const signedIn = await world.reload(first.tab, callback)
  const record = storedSession(signedIn.tab)
  // Its entry in the history was replaced, so only a browser that kept the URL comes back to it.
  expect(signedIn.tab.href).not.toMatch(/code=|state=/)
  const page = await world.reload(first.tab, callback)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  expect(page.tab.href).not.toMatch(/code=|state=/)
  expect(storedSession(page.tab)).toBe(record)
  expect(world.tokenRequests('authorization_code')).toBe(1)
  return { kind: 'keep' }
})

caseTest('CB-08', 'refuses an answer that is a state and nothing else', async () => {
  const world = new World()
  const page = world.page()
  const state = new URL(await world.authorize(page)).searchParams.get('state') ?? ''
  const next = await world.reload(page.tab, `/?state=${state}&keep=1`)
  expect(next.tab.href).toBe('http://localhost:5173/?keep=1')
  expect(world.tokenRequests('authorization_code')).toBe(0)
  return observeSignIn(next)
})
