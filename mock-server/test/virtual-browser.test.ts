import { expect, it } from 'vitest'
import { createCookieJar } from '../src/cookie-jar.js'
import { VirtualBrowserError } from '../src/index.js'
import { createVirtualBrowser } from '../src/virtual-browser/virtual-browser.js'
import {
  createMock,
  getUserInfo,
  readJson,
  readTokens,
  redeem,
  redirectUri,
  toAuthorizeQuery,
} from './support/flow.js'

const toAuthorizeUrl = (issuer: string, changes: Record<string, string> = {}): string =>
  `${issuer}/oauth2/authorize?${toAuthorizeQuery(changes)}`

async function failure(attempt: Promise<unknown>): Promise<VirtualBrowserError> {
  const error: unknown = await attempt.catch((caught: unknown) => caught)
  if (error instanceof VirtualBrowserError) return error
  throw new Error('It was not refused')
}

it('stops at an error page with what a person reads there', async () => {
  const mock = createMock()
  const url = toAuthorizeUrl(mock.issuer, { redirect_uri: 'https://elsewhere.example/<b>' })
  const error = await failure(mock.browser().signIn(url))
  expect(error).toMatchObject({ code: 'page_shown', status: 400 })
  expect(error.text).toContain('This app may not send you back there')
  expect(error.text).toContain('https://elsewhere.example/<b>')
  expect(error.message).toContain(error.text)
})

it('stops at the page of a decision that came too late', async () => {
  let isLate = false
  const mock = createMock({ clock: () => (isLate ? Date.UTC(2026, 1) : Date.UTC(2026, 0)) })
  const fetch: typeof mock.fetch = (request, info) => {
    if (request.method === 'POST') isLate = true
    return mock.fetch(request, info)
  }
  const browser = createVirtualBrowser({ fetch, issuer: mock.issuer })
  expect(await failure(browser.signIn(toAuthorizeUrl(mock.issuer)))).toMatchObject({ code: 'page_shown' })
})

it('refuses a user the page does not offer and names those it does', async () => {
  const mock = createMock()
  const error = await failure(mock.browser().signIn(toAuthorizeUrl(mock.issuer), { user: 'nobody' }))
  expect(error.code).toBe('user_unknown')
  expect(error.message).toContain('usr_mira, usr_jonas, usr_yuki')
})

it('refuses a URL that is not of this authority, without repeating its query', async () => {
  const mock = createMock()
  const error = await failure(mock.browser().open('https://api.spatio.app/oauth2/authorize?state=secret'))
  expect(error.code).toBe('left_early')
  expect(error.message).not.toContain('secret')
})

it('gives up on an authority that redirects for ever', async () => {
  const issuer = 'http://127.0.0.1:4400'
  let asked = 0
  const fetch = (): Promise<Response> => {
    asked += 1
    return Promise.resolve(new Response(null, { status: 302, headers: { location: `${issuer}/again` } }))
  }
  const browser = createVirtualBrowser({ issuer, fetch })
  expect((await failure(browser.open(`${issuer}/`))).code).toBe('too_many_redirects')
  expect(asked).toBe(21)
})

it('signs the chosen user in through the consent page and returns the callback', async () => {
  const mock = createMock()
  const callback = await mock.browser().signIn(toAuthorizeUrl(mock.issuer), { user: 'usr_jonas' })
  expect(callback.origin + callback.pathname).toBe(redirectUri)
  expect(callback.searchParams.get('state')).toBe('st-1')
  const tokens = await readTokens(await redeem(mock, callback.searchParams.get('code') ?? ''))
  expect(await readJson(await getUserInfo(mock, tokens.access_token))).toMatchObject({ sub: 'usr_jonas' })
  expect(mock.requests().map(({ endpoint }) => endpoint)).toContain('confirm')
})

it('brings a denial back as the error the app gets', async () => {
  const mock = createMock()
  const callback = await mock.browser().signIn(toAuthorizeUrl(mock.issuer), { decision: 'deny' })
  expect(callback.searchParams.get('error')).toBe('access_denied')
  expect(callback.searchParams.get('code')).toBeNull()
})

it('stays signed in at the authority until its cookies are cleared, and shares them with no other browser', async () => {
  const mock = createMock()
  const [browser, another] = [mock.browser(), mock.browser()]
  await browser.signIn(toAuthorizeUrl(mock.issuer), { user: 'usr_yuki' })
  const silent = toAuthorizeUrl(mock.issuer, { prompt: 'none' })
  expect((await browser.signIn(silent)).searchParams.get('code')).toMatch(/^cod_/)
  expect((await another.signIn(silent)).searchParams.get('error')).toBe('login_required')
  browser.clearCookies()
  expect((await browser.signIn(silent)).searchParams.get('error')).toBe('login_required')
})

it('picks whom the page has picked: who is signed in', async () => {
  const mock = createMock()
  const browser = mock.browser()
  await browser.signIn(toAuthorizeUrl(mock.issuer), { user: 'usr_yuki' })
  const callback = await browser.signIn(toAuthorizeUrl(mock.issuer, { prompt: 'consent' }))
  const tokens = await readTokens(await redeem(mock, callback.searchParams.get('code') ?? ''))
  expect(await readJson(await getUserInfo(mock, tokens.access_token))).toMatchObject({ sub: 'usr_yuki' })
})

it('shows a page it was asked to open', async () => {
  const mock = createMock()
  const visit = await mock.browser().open(toAuthorizeUrl(mock.issuer))
  expect(visit).toMatchObject({ kind: 'page', status: 200 })
  expect(visit.kind === 'page' && visit.text).toContain('Sign in to Test app')
})

it('sends a cookie to the paths it was set for', () => {
  const jar = createCookieJar()
  jar.store(['spatio=a%20b; Path=/one; HttpOnly', 'other=2'])
  jar.store(['spatio=c%20d; Path=/one; HttpOnly'])
  const header = (path: string): string => jar.header(new URL(path, 'http://127.0.0.1:4400'))
  expect(header('/one/oauth2')).toBe('spatio=c%20d; other=2')
  expect([header('/two'), header('/onetwo')]).toEqual(['other=2', 'other=2'])
  expect(createCookieJar(jar.list()).list()).toEqual(jar.list())
})
