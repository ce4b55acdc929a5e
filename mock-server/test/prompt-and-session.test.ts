import { decodeJwt } from 'jose'
import { expect, it } from 'vitest'
import type { MockServer } from '../src/index.js'
import { caseTest } from '@spatio-labs/cases'
import {
  authorize,
  confirm,
  CookieJar,
  createMock,
  getAnswer,
  openConsentPage,
  readTokens,
  redeem,
  redirectUri,
  startOfTime,
  type AuthorizeParameters,
} from './support/flow.js'

async function signInOnce(mock: MockServer, changes: AuthorizeParameters = {}): Promise<CookieJar> {
  const jar = new CookieJar()
  await confirm(mock, jar, await openConsentPage(mock, jar, changes))
  return jar
}

async function getAuthTime(mock: MockServer, response: Response): Promise<unknown> {
  const { id_token } = await readTokens(await redeem(mock, getAnswer(response)['code'] ?? ''))
  return decodeJwt(id_token)['auth_time']
}

const now = startOfTime / 1000

caseTest('S-PR-01', 'answers login_required to prompt=none when nobody is signed in', async () => {
  const response = await authorize(createMock(), { prompt: 'none' })
  expect(response.status).toBe(302)
  expect(getAnswer(response)).toMatchObject({ error: 'login_required', state: 'st-1' })
  return response
})

caseTest('S-PR-02', 'answers consent_required to prompt=none for a scope or an app that is new', async () => {
  const mock = createMock()
  const jar = await signInOnce(mock, { scope: 'openid' })
  const silent = await authorize(mock, { prompt: 'none', scope: 'openid' }, jar.header)
  expect(getAnswer(silent)['code']).toBeTruthy()
  const response = await authorize(mock, { prompt: 'none' }, jar.header)
  expect(getAnswer(response)).toMatchObject({ error: 'consent_required' })
  return response
})

caseTest('S-PR-03', 'refuses prompt=none beside another prompt', async () => {
  const mock = createMock()
  for (const prompt of ['none login', 'login consent', 'select_account', 'NONE']) {
    expect(getAnswer(await authorize(mock, { prompt }))['error']).toBe('invalid_request')
  }
  return authorize(mock, { prompt: 'none login' })
})

caseTest('S-PR-04', 'asks again on prompt=login and renews auth_time', async () => {
  const mock = createMock()
  const jar = await signInOnce(mock)
  mock.clock.advance('10m')
  const page = await openConsentPage(mock, jar, { prompt: 'login' })
  expect(page.response.status).toBe(200)
  expect(await getAuthTime(mock, await confirm(mock, jar, page))).toBe(now + 600)
  return authorize(mock, { prompt: 'login' }, jar.header)
})

caseTest('S-PR-04', 'asks for consent again on prompt=consent without a new login', async () => {
  const mock = createMock()
  const jar = await signInOnce(mock)
  mock.clock.advance('10m')
  const page = await openConsentPage(mock, jar, { prompt: 'consent' })
  expect(page.text).toContain('Signed in')
  expect(await getAuthTime(mock, await confirm(mock, jar, page))).toBe(now)
  return authorize(mock, { prompt: 'consent' }, jar.header)
})

caseTest('S-PR-05', 'asks again past max_age, treats 0 as login, refuses a negative one', async () => {
  const mock = createMock()
  const jar = await signInOnce(mock)
  mock.clock.advance('10m')
  expect(await getAuthTime(mock, await authorize(mock, { max_age: '600' }, jar.header))).toBe(now)
  for (const max_age of ['599', '0']) {
    const page = await authorize(mock, { max_age }, jar.header)
    expect(page.headers.get('location')).toContain('/oauth2/consent?request=')
  }
  for (const max_age of ['-1', '1.5', 'x', '99999999999']) {
    expect(getAnswer(await authorize(mock, { max_age }))['error']).toBe('invalid_request')
  }
  const page = await openConsentPage(mock, jar, { max_age: '0' })
  expect(await getAuthTime(mock, await confirm(mock, jar, page))).toBe(now + 600)
  return authorize(mock, { max_age: '-1' })
})

caseTest('S-PR-06', 'cannot meet max_age=0 with prompt=none', async () => {
  const mock = createMock()
  const jar = await signInOnce(mock)
  const response = await authorize(mock, { prompt: 'none', max_age: '0' }, jar.header)
  expect(getAnswer(response)).toMatchObject({ error: 'login_required' })
  return response
})

caseTest('S-PR-08', 'starts a session under a new id at every login', async () => {
  const mock = createMock()
  const jar = new CookieJar()
  jar.cookies.set('spatio_mock_session', 'ses_fixed_by_an_attacker')
  const response = await confirm(mock, jar, await openConsentPage(mock, jar))
  const first = jar.cookies.get('spatio_mock_session')
  expect(first).toMatch(/^ses_[\w-]{43}$/)
  await confirm(mock, jar, await openConsentPage(mock, jar, { prompt: 'login' }), { user: 'usr_yuki' })
  const second = jar.cookies.get('spatio_mock_session')
  expect(second).not.toBe(first)
  const oldSession = { cookie: `spatio_mock_session=${String(first)}` }
  expect(getAnswer(await authorize(mock, { prompt: 'none' }, oldSession))['error']).toBe('login_required')
  return response
})

it('signs in at once with a session and a consent, and not after a sign-out everywhere', async () => {
  const mock = createMock()
  const jar = await signInOnce(mock)
  expect(getAnswer(await authorize(mock, {}, jar.header))['code']).toBeTruthy()
  mock.users.signOutEverywhere('usr_mira')
  expect(getAnswer(await authorize(mock, { prompt: 'none' }, jar.header))['error']).toBe('login_required')
})

it('ends a login session after a day', async () => {
  const mock = createMock()
  const jar = await signInOnce(mock)
  mock.clock.advance('24h')
  expect(getAnswer(await authorize(mock, { prompt: 'none' }, jar.header))['error']).toBe('login_required')
})

caseTest(
  'S-PAGE-07',
  'skips the page only for the client and redirect URI that were consented to',
  async () => {
    const mock = createMock()
    const second = 'https://app.example/second'
    mock.clients.add({ client_id: 'app', redirect_uris: [redirectUri, second] })
    const jar = await signInOnce(mock)
    const otherUri = await authorize(mock, { redirect_uri: second, prompt: 'none' }, jar.header)
    expect(getAnswer(otherUri)['error']).toBe('consent_required')
    const other = { client_id: 'other', redirect_uri: 'https://other.example/callback', prompt: 'none' }
    expect(getAnswer(await authorize(mock, other, jar.header))['error']).toBe('consent_required')
    return authorize(mock, { redirect_uri: second }, jar.header)
  },
)
