import { expect, it } from 'vitest'
import { scenarios, type ScenarioName } from '../src/index.js'
import { takeApart, untilStruck } from './support/fault-run.js'
import {
  authorize,
  CookieJar,
  createMock,
  getAnswer,
  getCode,
  getUserInfo,
  post,
  readJson,
  readTokens,
  redeem,
  refresh,
  send,
  signIn,
} from './support/flow.js'

const jwks = '/.well-known/jwks.json'

/** What happens in each scenario, seen over HTTP. */
const stories: Record<ScenarioName, () => Promise<void>> = {
  'keys.rotated-while-signed-in': async () => {
    const mock = createMock()
    const before = await signIn(mock)
    mock.scenario('keys.rotated-while-signed-in')
    const after = await readTokens(await refresh(mock, before.refresh_token))
    const kids = [before, after].map(({ id_token }) => takeApart(id_token).header['kid'])
    expect(kids[0]).not.toBe(kids[1])
    const { keys } = (await readJson(await send(mock, jwks))) as { keys: { kid: string }[] }
    expect(keys.map(({ kid }) => kid)).toEqual([kids[1], kids[0]])
    mock.verify()
  },
  'session.asleep': async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    mock.scenario('session.asleep', { by: '9h' })
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    expect((await refresh(mock, tokens.refresh_token)).status).toBe(200)
    mock.verify()
  },
  'provider.deploy': async () => {
    const mock = createMock()
    mock.scenario('provider.deploy', { retryAfter: 7 })
    const response = await send(mock, jwks)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7'])
    mock.clock.advance('299s')
    expect((await send(mock, '/oauth2/userinfo')).status).toBe(503)
    mock.clock.advance('1s')
    expect((await send(mock, jwks)).status).toBe(200)
    mock.verify()
  },
  'refresh.race': async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    mock.scenario('refresh.race', { hold: 2 })
    const answers = await Promise.all([refresh(mock, refresh_token), refresh(mock, refresh_token)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    mock.verify()
  },
  'refresh.answer-lost': async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    mock.scenario('refresh.answer-lost')
    await expect(refresh(mock, refresh_token)).rejects.toThrow('fetch failed')
    expect(await readJson(await refresh(mock, refresh_token))).toMatchObject({ error: 'invalid_grant' })
    mock.verify()
  },
  'user.disabled': async () => {
    const mock = createMock()
    const tokens = await signIn(mock)
    mock.scenario('user.disabled')
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    expect(await readJson(await refresh(mock, tokens.refresh_token))).toMatchObject({
      error: 'access_denied',
    })
    mock.verify()
  },
  'consent.withdrawn': async () => {
    const mock = createMock()
    const jar = new CookieJar()
    const tokens = await readTokens(await redeem(mock, await getCode(mock, {}, jar)))
    mock.scenario('consent.withdrawn', { clientId: 'app' })
    expect((await getUserInfo(mock, tokens.access_token)).status).toBe(401)
    expect(getAnswer(await authorize(mock, { prompt: 'none' }, jar.header))['error']).toBe('consent_required')
    mock.verify()
  },
  'cookies.third-party-blocked': async () => {
    const mock = createMock()
    const jar = new CookieJar()
    await getCode(mock, {}, jar)
    mock.scenario('cookies.third-party-blocked')
    expect(getAnswer(await authorize(mock, { prompt: 'none' }, jar.header))['error']).toBe('login_required')
    expect(getAnswer(await authorize(mock, {}, jar.header))).toHaveProperty('code')
    mock.verify()
  },
  'tabs.sign-out-during-refresh': async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    const [held] = mock.scenario('tabs.sign-out-during-refresh').faults
    if (!held) throw new Error('The scenario holds nothing')
    const refreshed = refresh(mock, refresh_token)
    await untilStruck(held)
    expect((await post(mock, '/oauth2/revoke', { token: refresh_token })).status).toBe(200)
    const late = await readTokens(await refreshed)
    expect((await refresh(mock, late.refresh_token)).status).toBe(400)
    mock.verify()
  },
  'sign-in.callbacks-reversed': async () => {
    const mock = createMock({ autoConsent: true })
    mock.scenario('sign-in.callbacks-reversed')
    const order: unknown[] = []
    const start = (state: string): Promise<unknown> =>
      authorize(mock, { state }).then((response) => order.push(getAnswer(response)['state']))
    await Promise.all([start('first'), start('second')])
    expect(order).toEqual(['second', 'first'])
    mock.verify()
  },
  'callback.back-button': async () => {
    const mock = createMock({ autoConsent: true })
    mock.scenario('callback.back-button')
    const first = getAnswer(await authorize(mock, { state: 'first' }))
    expect((await redeem(mock, first['code'] ?? '')).status).toBe(200)
    const again = getAnswer(await authorize(mock, { state: 'second' }))
    expect(again).toEqual(first)
    expect((await redeem(mock, again['code'] ?? '')).status).toBe(400)
    // A client that trusts the second callback is told so.
    expect(() => mock.verify()).toThrow(/code\.repeated/)
  },
  'discovery.moved': async () => {
    const mock = createMock()
    const code = await getCode(mock)
    mock.scenario('discovery.moved')
    const document = await readJson(await send(mock, '/.well-known/openid-configuration'))
    expect(document['token_endpoint']).toBe(`${mock.issuer}/oauth2/token-moved`)
    expect((await redeem(mock, code)).status).toBe(404)
    expect((await send(mock, '/oauth2/token-moved', { method: 'POST' })).status).toBe(400)
    mock.verify()
  },
  'network.captive-portal': async () => {
    const mock = createMock()
    mock.scenario('network.captive-portal', { requests: 2 })
    for (const path of [jwks, '/v1/notes']) expect(await (await send(mock, path)).text()).toContain('<h1>')
    expect((await send(mock, jwks)).headers.get('content-type')).toBe('application/json')
    mock.verify()
  },
  'registration.quota-used-up': async () => {
    const mock = createMock()
    mock.scenario('registration.quota-used-up')
    const register = (): Promise<Response> =>
      send(mock, '/oauth2/register', {
        method: 'POST',
        body: JSON.stringify({ client_name: 'x', redirect_uris: ['https://x.example/'] }),
        headers: { 'content-type': 'application/json' },
      })
    const response = await register()
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3600'])
    mock.clock.advance('1h')
    expect((await register()).status).toBe(201)
    mock.verify()
  },
}

it.each(Object.entries(stories))('%s is what it says', (_name, tell) => tell())

it('every scenario is data, with its steps and what is expected', () => {
  expect(scenarios.map(({ name }) => name).sort()).toEqual(Object.keys(stories).sort())
  for (const { summary, steps } of scenarios) expect([summary, ...steps]).not.toContain('')
})

it('a scenario ends with the block it began in, and is told by verify when nobody met it', async () => {
  const mock = createMock()
  {
    using scenario = mock.scenario('network.captive-portal')
    expect(scenario.name).toBe('network.captive-portal')
  }
  expect((await send(mock, jwks)).headers.get('content-type')).toBe('application/json')
  expect(() => mock.verify()).toThrow(/http\.captive-portal/)
})
