import { caseTest } from '@spatio-labs/cases'
import { expect, it } from 'vitest'
import { CHUNKS } from '../src/client/load-chunks.js'
import type { SignInOptions } from '../src/client/spatio-auth.js'
import type { FakeFrame } from './kit/fake-window.js'
import { APP_ORIGIN } from './kit/fake-browser.js'
import { forgeIdToken } from './kit/forge.js'
import { answerFrame, askInFrame, observeRefusedFrame, signInAtAuthority } from './kit/frame.js'
import { observeSignIn, storedSession } from './kit/observe.js'
import { newRelayWorld } from './kit/popup.js'
import { postTo } from './kit/relay.js'
import { RELAY_PATH, World } from './kit/world.js'

const codeOf = (error: unknown): string => (error as { code: string }).code

caseTest('IFR-01', 'gives up a frame that never answers, removes it and keeps the session', () => {
  return observeRefusedFrame(async (frame, world) => {
    await world.clock.advance(9900)
    expect(frame.isAttached()).toBe(true)
    await world.clock.advance(100)
    expect(frame.isAttached()).toBe(false)
  })
})

caseTest('IFR-02', 'keeps the session when the authority does not know the frame', async () => {
  const world = newRelayWorld()
  const page = await world.signIn()
  const before = page.auth.getSnapshot()
  const { frame, code } = await askInFrame(world, page)
  world.forgetCookies()
  await answerFrame(world, page, frame)
  expect(await code).toBe('login_required')
  expect(page.auth.getSnapshot()).toBe(before)
  await expect(page.auth.getAccessToken({ forceRefresh: true })).resolves.toEqual(expect.any(String))
  return { kind: 'keep' }
})

caseTest('IFR-03', 'is signed out without an error when nobody is signed in at the authority', () => {
  return observeRefusedFrame(async (frame, world, page) => {
    world.forgetCookies()
    await answerFrame(world, page, frame)
  })
})

it('signs in who is signed in at the authority', async () => {
  const world = newRelayWorld()
  await signInAtAuthority(world)
  const page = world.page()
  const { frame, result } = await askInFrame(world, page)
  expect(new URL(frame.url).searchParams.get('prompt')).toBe('none')
  await answerFrame(world, page, frame)
  await expect(result).resolves.toMatchObject({ status: 'authenticated' })
  expect(observeSignIn(page)).toEqual({ kind: 'accept' })
  expect(frame.isAttached()).toBe(false)
})

caseTest('IFR-04', 'opens one frame for five calls at once', async () => {
  const world = newRelayWorld()
  await signInAtAuthority(world)
  const page = world.page()
  const calls = Array.from({ length: 4 }, () => page.auth.signIn({ mode: 'iframe' }))
  const { frame, result } = await askInFrame(world, page)
  await answerFrame(world, page, frame)
  const states = await Promise.all([...calls, result])
  expect(new Set(states).size).toBe(1)
  expect(page.tab.frames).toHaveLength(1)
  return observeSignIn(page)
})

it('asks one after the other when the questions differ', async () => {
  const world = newRelayWorld()
  await signInAtAuthority(world)
  const page = world.page()
  const first = await askInFrame(world, page)
  const second = page.auth.signIn({ mode: 'iframe', scope: 'openid' })
  await world.clock.advance(100)
  expect(page.tab.frames).toHaveLength(1)
  await answerFrame(world, page, first.frame)
  await world.settled(() => page.tab.frames.length === 2)
  await answerFrame(world, page, page.tab.frames[1] as FakeFrame)
  await expect(second).resolves.toMatchObject({ scopes: ['openid'] })
})

caseTest('IFR-05', 'only relays when the frame loads the whole app', async () => {
  const world = newRelayWorld()
  await signInAtAuthority(world)
  const page = await world.signIn()
  const { frame } = await askInFrame(world, page)
  const inside = world.browser.open(await world.visit(frame.url), page.tab)
  inside.isFramed = true
  const timers = world.clock.pendingTimers
  const app = world.page(inside, { silentOnLoad: 'iframe' })
  const ready = app.auth.ready()
  await world.clock.advance(4000)
  // It restored nothing, asked nobody, and holds no timer but the one of `ready()` itself.
  expect(app.auth.getSnapshot().status).toBe('loading')
  expect(inside.frames).toEqual([])
  expect(inside.navigations).toEqual([])
  expect(world.clock.pendingTimers).toBeLessThanOrEqual(timers + 1)
  expect(world.tokenRequests('authorization_code')).toBe(2)
  await world.clock.advance(1000)
  await expect(ready).resolves.toMatchObject({ status: 'error', error: { code: 'popup_orphaned' } })
  for (const mode of ['redirect', 'iframe'] as const)
    expect(await app.auth.signIn({ mode } as SignInOptions).then(() => '', codeOf)).toBe('popup_orphaned')
  return { kind: 'accept' }
})

it('says so when it cannot even relay', async () => {
  const world = newRelayWorld()
  const loadRelay = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
  const tab = world.browser.open('/relay.html?code=x&state=sp1.y')
  const { auth } = world.page(tab, {}, { ...CHUNKS, loadRelay })
  await auth.ready()
  expect(auth.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'popup_orphaned' } })
})

it('goes on refusing when the relay has taken the answer out of the address bar', async () => {
  const world = newRelayWorld()
  const tab = world.browser.open(`${RELAY_PATH}?code=x&state=sp1.y`)
  const loadRelay = async () => void (tab.href = APP_ORIGIN + RELAY_PATH)
  const { auth } = world.page(tab, {}, { ...CHUNKS, loadRelay })
  await auth.ready()
  await world.clock.advance(0)
  expect(tab.href).toBe(APP_ORIGIN + RELAY_PATH)
  for (const call of [auth.requireUser, auth.getAccessToken, auth.signIn])
    expect(await call().catch(codeOf)).toBe('popup_orphaned')
  expect([auth.getSnapshot().status, tab.navigations]).toEqual(['loading', []])
})

caseTest('IFR-06', 'ignores answers from another origin, another window and another sign-in', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const { frame, code } = await askInFrame(world, page)
  const state = new URL(frame.url).searchParams.get('state') ?? ''
  const forged = { query: `code=stolen&state=${state}` }
  postTo(page.tab, { data: forged, origin: 'https://evil.test', source: frame.window })
  postTo(page.tab, { data: forged, origin: APP_ORIGIN, source: {} })
  postTo(page.tab, { data: { query: 'code=x&state=sp1.x' }, origin: APP_ORIGIN, source: frame.window })
  for (const data of [null, 'x', { query: {} }])
    postTo(page.tab, { data, origin: APP_ORIGIN, source: frame.window })
  await world.clock.advance(1000)
  expect(world.tokenRequests('authorization_code')).toBe(0)
  expect(frame.isAttached()).toBe(true)
  await answerFrame(world, page, frame)
  expect(await code).toBe('login_required')
  return { kind: 'ignore' }
})

caseTest('IFR-07', 'gives up a frame in which the authority shows a page', () => {
  return observeRefusedFrame(async (frame, world) => {
    world.mock.fault('authorize.html-error-page')
    const shown = await world.mock.fetch(new Request(frame.url))
    expect(shown.headers.get('content-type')).toContain('text/html')
    world.mock.verify()
    await world.clock.advance(10_000)
    expect(frame.isAttached()).toBe(false)
  })
})

caseTest('IFR-08', 'aborts when the page takes the frame away', () => {
  return observeRefusedFrame((frame, world) => {
    frame.remove()
    return world.clock.advance(500)
  })
})

it('removes the frame when nobody waits for it any more', async () => {
  const world = newRelayWorld()
  const page = world.page()
  const [one, two] = [new AbortController(), new AbortController()]
  const first = await askInFrame(world, page, { signal: one.signal })
  const second = page.auth.signIn({ mode: 'iframe', signal: two.signal }).then(() => '', codeOf)
  await world.clock.advance(100)
  one.abort()
  expect(await first.code).toBe('aborted')
  expect(first.frame.isAttached()).toBe(true)
  two.abort()
  expect(await second).toBe('aborted')
  await world.settled(() => !first.frame.isAttached())
  const next = await askInFrame(world, page)
  page.auth.dispose()
  expect(await next.code).toBe('client_disposed')
  expect(next.frame.isAttached()).toBe(false)
})

it('asks for a user in no frame', async () => {
  const page = newRelayWorld().page()
  const call = (options: SignInOptions) =>
    page.auth.signIn({ mode: 'iframe', ...options }).then(() => '', codeOf)
  expect(await call({ prompt: 'login' })).toBe('config_invalid')
  expect(
    await new World()
      .page()
      .auth.signIn({ mode: 'iframe' })
      .then(() => '', codeOf),
  ).toBe('config_invalid')
  expect(page.tab.frames).toEqual([])
})

it('does not sign back in who signed out', async () => {
  const world = newRelayWorld()
  await signInAtAuthority(world)
  const page = await world.signIn()
  await page.auth.signOut()
  expect(await page.auth.signIn({ mode: 'iframe' }).then(() => '', codeOf)).toBe('login_required')
  expect(page.tab.frames).toEqual([])
})

caseTest('IDT-35', 'ends the session when somebody else is signed in at the authority', async () => {
  const world = newRelayWorld()
  await signInAtAuthority(world)
  const page = await world.signIn()
  const { frame, code } = await askInFrame(world, page)
  world.intercepts.push(forgeIdToken({ claims: (claims) => ({ ...claims, sub: 'usr_somebody_else' }) }))
  await answerFrame(world, page, frame)
  const reason = await code
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'user-changed' })
  expect(storedSession(page.tab)).toBeNull()
  await world.settled(() => world.mock.requests({ endpoint: 'revoke' }).length === 4)
  return { kind: 'signout', reason }
})
