import { caseTest } from '@spatio-labs/cases'
import type { FaultName } from '@spatio-labs/mock-server'
import { expect, it } from 'vitest'
import type { User } from '../src/index.js'
import { observeRefusal, type ObservedRefusal } from './kit/observe-refusal.js'
import { storedSession } from './kit/observe.js'
import { World } from './kit/world.js'

const asked = (world: World): number => world.mock.requests({ endpoint: 'userinfo' }).length

/** Asks for userinfo under a fault: one request, and the session is as it was. */
async function refusedUnder(fault: FaultName, parameters: object = {}): Promise<ObservedRefusal> {
  const world = new World()
  const page = await world.signIn()
  world.mock.fault(fault, parameters, { endpoint: 'userinfo' })
  const outcome = await observeRefusal(page, () => page.auth.getUserInfo(), ['userinfo'])
  world.mock.verify()
  return outcome
}

it('answers the claims of the user, without the protocol ones', async () => {
  const world = new World()
  const { auth } = await world.signIn()
  const claims: User = await auth.getUserInfo()
  expect(claims).toMatchObject({ sub: 'usr_mira', name: 'Mira Okafor', email_verified: true })
  expect(Object.isFrozen(claims)).toBe(true)
  expect(world.tokenRequests('refresh_token')).toBe(0)
})

caseTest('UI-01', 'uses no claim of another user', () => refusedUnder('userinfo.sub.mismatch'))
caseTest('UI-02', 'refuses an answer without sub', () => refusedUnder('userinfo.sub.missing'))
caseTest('UI-02', 'refuses a sub that is a number', () =>
  refusedUnder('userinfo.member.set', { name: 'sub', value: 7 }),
)
caseTest('UI-02', 'refuses an empty sub', () =>
  refusedUnder('userinfo.member.set', { name: 'sub', value: '' }),
)

it.each<[FaultName, string]>([
  ['userinfo.jwt-unexpected', 'userinfo_invalid'],
  ['http.wrong-content-type', 'userinfo_invalid'],
  ['http.json.array', 'userinfo_invalid'],
  ['http.json.truncated', 'userinfo_invalid'],
  ['http.captive-portal', 'userinfo_invalid'],
  ['http.huge-body', 'userinfo_invalid'],
  ['http.204-empty', 'userinfo_failed'],
  ['http.429', 'userinfo_failed'],
  ['http.redirect-loop', 'redirect_rejected'],
  ['transport.offline', 'userinfo_failed'],
])('refuses %s as %s', async (fault, code) => {
  expect(await refusedUnder(fault)).toEqual({ kind: 'reject', code })
})

caseTest('UI-03', 'sends the token in the header, and in no other place', async () => {
  const world = new World()
  const page = await world.signIn()
  const seen: Request[] = []
  world.intercepts.push(
    (request) => (request.url.includes('userinfo') && seen.push(request.clone()), undefined),
  )
  await page.auth.getUserInfo()
  const [request] = seen
  const token = await page.auth.getAccessToken()
  expect(request?.method).toBe('GET')
  expect(request?.headers.get('authorization')).toBe(`Bearer ${token}`)
  expect(request?.url).toBe('http://127.0.0.1:4400/oauth2/userinfo')
  expect(request?.credentials).toBe('omit')
  expect(request?.cache).toBe('no-store')
  return { kind: 'accept' }
})

caseTest('UI-05', 'answers a 401 by one refresh and one retry', async () => {
  const world = new World()
  const page = await world.signIn()
  world.mock.fault('userinfo.401')
  await expect(page.auth.getUserInfo()).resolves.toMatchObject({ sub: 'usr_mira' })
  expect(asked(world)).toBe(2)
  expect(world.tokenRequests('refresh_token')).toBe(1)
  expect(page.events).toContainEqual(
    expect.objectContaining({ type: 'refresh_started', trigger: 'unauthorized' }),
  )
  return { kind: 'retry' }
})

caseTest('UI-05', 'gives up after the second 401 and keeps the session', async () => {
  const world = new World()
  const page = await world.signIn()
  world.mock.fault('userinfo.401', {}, { times: 2 })
  await expect(page.auth.getUserInfo()).rejects.toMatchObject({ code: 'userinfo_failed', retryable: false })
  expect(asked(world)).toBe(2)
  expect(world.tokenRequests('refresh_token')).toBe(1)
  expect(page.auth.getSnapshot()).toMatchObject({ status: 'authenticated', error: null })
  world.mock.verify()
  await expect(page.auth.getUserInfo()).resolves.toMatchObject({ sub: 'usr_mira' })
  return { kind: 'retry' }
})

it('renews the token that was refused, and none that was renewed meanwhile', async () => {
  const world = new World()
  const page = await world.signIn()
  world.intercepts.push((request, forward) => {
    if (!request.url.endsWith('/oauth2/userinfo') || world.tokenRequests('refresh_token') > 0)
      return undefined
    const answer = forward(request)
    return page.auth.getAccessToken({ forceRefresh: true }).then(() => answer)
  })
  world.mock.fault('userinfo.401')
  await expect(page.auth.getUserInfo()).resolves.toMatchObject({ sub: 'usr_mira' })
  expect(asked(world)).toBe(2)
  expect(world.tokenRequests('refresh_token')).toBe(1)
})

it('says why the refresh failed that a 401 asked for', async () => {
  const world = new World()
  const page = await world.signIn()
  world.mock.fault('userinfo.401')
  world.mock.fault('refresh.5xx')
  await expect(page.auth.getUserInfo()).rejects.toMatchObject({ code: 'refresh_transient', retryable: true })
  expect(asked(world)).toBe(1)
  expect(page.auth.getSnapshot().isAuthenticated).toBe(true)
})

caseTest('UI-06', 'takes none of the protocol claims over, and pollutes nothing', async () => {
  const world = new World()
  const page = await world.signIn()
  const stored = storedSession(page.tab)
  const user = page.auth.getSnapshot().user
  for (const [name, value] of Object.entries({
    iss: 'evil',
    aud: 'evil',
    exp: 9,
    nonce: 'evil',
    name: 'New name',
  }))
    world.mock.fault('userinfo.member.set', { name, value })
  world.mock.fault('http.json.__proto__', {}, { endpoint: 'userinfo' })
  const claims = await page.auth.getUserInfo()
  expect(claims).toMatchObject({ sub: 'usr_mira', name: 'New name' })
  for (const name of ['iss', 'aud', 'exp', 'nonce', '__proto__', 'isAdmin'])
    expect(Object.hasOwn(claims, name)).toBe(false)
  expect(Object.getPrototypeOf(claims)).toBe(Object.prototype)
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(storedSession(page.tab)).toBe(stored)
  expect(page.auth.getSnapshot().user).toBe(user)
  world.mock.verify()
  return { kind: 'accept' }
})

caseTest('UI-07', 'is never asked by a sign-in, good or refused', async () => {
  for (const fault of [null, 'id.nonce.wrong', 'id.sig.tampered', 'id.iss.wrong', 'id.absent'] as const) {
    const world = new World()
    if (fault !== null) world.mock.fault(fault)
    const page = await world.signIn()
    expect(page.auth.getSnapshot().isAuthenticated).toBe(fault === null)
    expect(asked(world)).toBe(0)
    if (fault === null) continue
    await expect(page.auth.getUserInfo()).rejects.toMatchObject({
      code: 'not_authenticated',
      phase: 'userinfo',
    })
    expect(asked(world)).toBe(0)
  }
})

caseTest('UI-08', 'keeps the session when userinfo is down', async () => {
  const { code } = await refusedUnder('http.500')
  return { kind: 'keep', code }
})

it('ends when userinfo never answers', async () => {
  const world = new World()
  const page = await world.signIn()
  world.intercepts.push((request) =>
    request.url.includes('userinfo') ? new Promise<Response>(() => undefined) : undefined,
  )
  const outcome = page.auth.getUserInfo().then(
    () => null,
    (error: unknown) => error,
  )
  await world.clock.advance(10_000)
  expect(await outcome).toMatchObject({ code: 'timeout', phase: 'userinfo', retryable: true })
})

it('says so when the authority has no userinfo, or has it elsewhere', async () => {
  for (const [value, code] of [
    [undefined, 'metadata_missing'],
    ['https://elsewhere.test/me', 'issuer_mismatch'],
  ]) {
    const world = new World()
    world.mock.fault('disc.member.set', { name: 'userinfo_endpoint', value }, { times: 'always' })
    const page = await world.signIn()
    await expect(page.auth.getUserInfo()).rejects.toMatchObject({ code })
    expect(asked(world)).toBe(0)
  }
})
