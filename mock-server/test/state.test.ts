import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { createMockServer, type MockServer, type MockServerOptions, type MockState } from '../src/index.js'
import { parseMockState } from '../src/state/parse-mock-state.js'
import {
  authorize,
  confirm,
  CookieJar,
  createMock,
  getAnswer,
  getCode,
  getUserInfo,
  openConsentPage,
  post,
  readJson,
  readTokens,
  redeem,
  redirectUri,
  refresh,
  send,
  signIn,
  startOfTime,
} from './support/flow.js'

/** The mock that starts where this one stopped, by way of JSON text. */
function restart(mock: MockServer, options: MockServerOptions = {}): MockServer {
  const state = parseMockState(JSON.parse(JSON.stringify(mock.saveState())))
  return createMockServer({ clock: () => startOfTime, state, ...options })
}

describe('a mock that starts from the state of another', () => {
  it('honours its tokens, and refuses what was used or revoked before', async () => {
    const mock = createMock()
    const [first, revoked] = [await signIn(mock), await signIn(mock)]
    const second = await readTokens(await refresh(mock, first.refresh_token))
    await post(mock, '/oauth2/revoke', { token: revoked.refresh_token })
    const next = restart(mock)
    expect((await getUserInfo(next, first.access_token)).status).toBe(200)
    expect((await getUserInfo(next, revoked.access_token)).status).toBe(401)
    expect((await refresh(next, revoked.refresh_token)).status).toBe(400)
    const third = await readTokens(await refresh(next, second.refresh_token))
    expect((await refresh(next, first.refresh_token)).status).toBe(400)
    expect((await getUserInfo(next, third.access_token)).status).toBe(401)
  })

  it('redeems its codes once, and a replay ends what an earlier redemption gave', async () => {
    const mock = createMock()
    const [used, fresh] = [await getCode(mock), await getCode(mock)]
    const tokens = await readTokens(await redeem(mock, used))
    const next = restart(mock)
    expect((await redeem(next, fresh)).status).toBe(200)
    expect((await redeem(next, used)).status).toBe(400)
    expect((await getUserInfo(next, tokens.access_token)).status).toBe(401)
  })

  it('keeps login sessions and consents, and answers a page that was shown before', async () => {
    const mock = createMock()
    const jar = new CookieJar()
    await confirm(mock, jar, await openConsentPage(mock, jar))
    const answered = await openConsentPage(mock, jar, { prompt: 'login' })
    await confirm(mock, jar, answered)
    const open = await openConsentPage(mock, jar, { prompt: 'login' })
    const next = restart(mock)
    expect(getAnswer(await authorize(next, { prompt: 'none' }, jar.header))['code']).toBeTruthy()
    expect((await confirm(next, jar, open)).status).toBe(303)
    expect((await confirm(next, jar, answered)).status).toBe(400)
  })

  it('keeps its keys, the generated and the retired ones too', async () => {
    const mock = createMock()
    for (let count = 0; count < 3; count += 1) await mock.keys.rotate({ retire: 'keep' })
    const { id_token } = await signIn(mock)
    await mock.keys.rotate({ retire: 'keep' })
    const next = restart(mock)
    expect(next.keys.published()).toEqual(mock.keys.published())
    const jwks = (await (await send(next, '/.well-known/jwks.json')).json()) as JSONWebKeySet
    const options = { currentDate: new Date(startOfTime) }
    await jwtVerify(id_token, createLocalJWKSet(jwks), options)
    await jwtVerify((await signIn(next)).id_token, createLocalJWKSet(jwks), options)
    await next.keys.rotate()
    expect(new Set(next.keys.published().map(({ kid }) => kid)).size).toBe(6)
  })

  it('keeps users, clients, personal access tokens, the time and the count of registrations', async () => {
    const mock = createMock({
      users: [{ sub: 'usr_lena', name: 'Lena Voss' }],
      personalAccessTokens: [{ token: 'pat_0123456789', sub: 'usr_lena', scope: 'read:*' }],
    })
    mock.clock.advance('61m')
    const body = JSON.stringify({ client_name: 'New', redirect_uris: [redirectUri] })
    const headers = { 'content-type': 'application/json' }
    const register = (at: MockServer) => send(at, '/oauth2/register', { method: 'POST', body, headers })
    for (let count = 0; count < 10; count += 1) await register(mock)
    const next = restart(mock, { clients: [{ client_id: 'late', redirect_uris: [redirectUri] }] })
    expect(next.users.list()).toEqual([{ sub: 'usr_lena', name: 'Lena Voss' }])
    expect(next.clients.list().slice(0, -1)).toEqual(mock.clients.list())
    expect(next.clients.get('late')).toBeDefined()
    expect(next.clock.now()).toBe(startOfTime + 61 * 60_000)
    const pat = await post(next, '/oauth2/introspect', { token: 'pat_0123456789' })
    expect(await readJson(pat)).toMatchObject({ active: true, user_id: 'usr_lena' })
    expect((await register(next)).status).toBe(429)
  })

  it('has a state that no later request changes', async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    const state = mock.saveState()
    const before = JSON.stringify(state)
    await refresh(mock, refresh_token)
    expect(JSON.stringify(state)).toBe(before)
    expect(mock.saveState()).not.toEqual(state)
  })
})

describe('a state that cannot be read', () => {
  const good = JSON.stringify(createMock({ clients: [] }).saveState())
  const change = (edit: (state: Record<string, unknown>) => void): unknown => {
    const state = JSON.parse(good) as Record<string, unknown>
    edit(state)
    return state
  }
  it.each<[string, unknown, RegExp]>([
    ['null', null, /not a JSON object/],
    ['an empty object', {}, /format is not/],
    ['another format', change((state) => (state['format'] = 'x')), /format is not/],
    ['another version', change((state) => (state['version'] = 2)), /version 2, this mock reads version 1/],
    ['a missing member', change((state) => delete state['grants']), /^grants /],
    [
      'a wrong member',
      change((state) => (state['users'] = [{ sub: 7 }])),
      /^users\.0\.sub .*expected string/,
    ],
    [
      'a wrong key',
      change((state) => (state['keys'] = { count: 1, active: {}, retired: [] })),
      /^keys\.active/,
    ],
  ])('is refused: %s', (_what, value, message) => {
    expect(() => parseMockState(value)).toThrow(message)
    expect(() => parseMockState(value)).toThrow(expect.objectContaining({ code: 'invalid_state' }) as Error)
  })

  it('is refused by the mock as well when it is of another version', () => {
    const state = change((members) => (members['version'] = 2)) as MockState
    expect(() => createMockServer({ state })).toThrow(/version 2/)
  })
})

describe('onAnswer', () => {
  it('is told of a request before the answer is given', async () => {
    const told: unknown[] = []
    let open = (): void => undefined
    const gate = new Promise<void>((resolve) => (open = resolve))
    const mock = createMock({
      onAnswer: async (request) => {
        await gate
        told.push(request)
      },
    })
    let hasAnswer = false
    const answer = send(mock, '/.well-known/jwks.json').then(() => (hasAnswer = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(hasAnswer).toBe(false)
    open()
    await answer
    expect(told).toEqual([expect.objectContaining({ endpoint: 'jwks', status: 200 })])
  })

  it('turns the answer into a 503 when it fails', async () => {
    const mock = createMock({
      onAnswer: () => {
        throw new Error('disk full')
      },
    })
    const response = await redeem(mock, 'cod_x')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('1')
    expect(await readJson(response)).toEqual({ error: 'temporarily_unavailable' })
    expect(() => mock.verify()).toThrow(/the mock itself failed/i)
  })
})
