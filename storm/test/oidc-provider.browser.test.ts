import type { SpatioAuthError } from '@spatio-labs/auth'
import { caseTest } from '@spatio-labs/cases'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type AppServer } from '../kit/app-server.js'
import { launchChromium } from '../kit/launch-chromium.js'
import { PROVIDER_CLIENT, startOidcProvider, type Authority } from '../kit/oidc-provider.js'
import { comeBack, leave, logIn, look, settle, visit } from '../kit/visitor.js'
import type { StormPage } from '../page/main.js'

let app: AppServer
let authority: Authority
let browser: Browser
beforeAll(async () => {
  app = await startApp({
    settings: () => ({ issuer: authority.issuer, clientId: PROVIDER_CLIENT, storage: 'session' }),
    now: () => Date.now(),
  })
  authority = await startOidcProvider(app.url)
  browser = await launchChromium()
})
afterEach(async () => {
  delete authority.spoil.request
  delete authority.spoil.callback
  for (const context of browser.contexts()) await context.close()
})
afterAll(async () => {
  await browser.close()
  await app.close()
  await authority.close()
})

/** Signs in through the authority's own page, and waits for what the app makes of the answer. */
async function signIn(page: Page): Promise<void> {
  await leave(page)
  await comeBack(page, app.url, () => logIn(page))
}

/** The set that is stored; what its refresh token is worth is asked of the authority itself. */
async function storedTokens(page: Page): Promise<{ accessToken: string; refreshToken: string }> {
  const { stored } = await look(page)
  const record = await page.evaluate((key) => sessionStorage.getItem(key), stored[0] ?? '')
  return JSON.parse(record ?? 'null')
}

async function tryRefreshToken(refreshToken: string): Promise<string> {
  const form = { grant_type: 'refresh_token', client_id: PROVIDER_CLIENT, refresh_token: refreshToken }
  const response = await fetch(`${authority.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  const { error } = (await response.json()) as { error?: string }
  return error ?? 'granted'
}

describe('with oidc-provider as the authority', () => {
  it('signs in, has the claims, and cleans the address', async () => {
    const page = await visit(browser, app.url)
    await signIn(page)
    expect(await look(page)).toMatchObject({ status: 'authenticated', name: 'The user mira', code: null })
    expect(page.url()).toBe(app.url)
    const info = await page.evaluate(() => (window as unknown as StormPage).auth.getUserInfo())
    expect(info).toMatchObject({ sub: 'mira', email: 'mira@example.test' })
  })

  it('keeps the session over a reload, and asks the authority nothing for it', async () => {
    const page = await visit(browser, app.url)
    await signIn(page)
    authority.paths.length = 0
    await page.reload()
    await settle(page)
    expect(await look(page)).toMatchObject({ status: 'authenticated', name: 'The user mira' })
    expect(authority.paths).toEqual([])
  })

  caseTest('REF-01', 'keeps the rotated refresh token, with which the next refresh succeeds', async () => {
    const page = await visit(browser, app.url)
    await signIn(page)
    const before = await storedTokens(page)
    const refresh = (): Promise<string> =>
      page.evaluate(() => (window as unknown as StormPage).auth.getAccessToken({ forceRefresh: true }))
    const token = await refresh()
    const after = await storedTokens(page)
    expect(token).not.toBe(before.accessToken)
    expect(after.accessToken).toBe(token)
    expect(after.refreshToken).not.toBe(before.refreshToken)
    expect(await refresh()).not.toBe(token)
    expect(await look(page)).toMatchObject({ status: 'authenticated', code: null })
    return { kind: 'accept' }
  })

  it('signs out: the authority has revoked the refresh token and asks for a sign-in again', async () => {
    const page = await visit(browser, app.url)
    await signIn(page)
    const { refreshToken } = await storedTokens(page)
    await page.evaluate(() => (window as unknown as StormPage).auth.signOut())
    expect(await look(page)).toMatchObject({ status: 'unauthenticated', stored: [] })
    expect(await tryRefreshToken(refreshToken)).toBe('invalid_grant')
    // The person is still signed in at the authority; without prompt=login nobody would be asked.
    await leave(page)
    await page.locator('input[name=login]').waitFor()
  })

  it('learns that the authority has ended the session, and ends it here', async () => {
    const page = await visit(browser, app.url)
    await signIn(page)
    const { refreshToken } = await storedTokens(page)
    expect(await tryRefreshToken(refreshToken)).toBe('granted')
    const code = await page.evaluate(() =>
      (window as unknown as StormPage).auth
        .getAccessToken({ forceRefresh: true })
        .then(() => 'granted')
        .catch((error: SpatioAuthError) => error.code),
    )
    expect(code).toBe('session_expired')
    expect(await look(page)).toMatchObject({ status: 'unauthenticated', stored: [] })
  })
})

/** A sign-in that is refused: nobody is signed in, nothing is kept, and the code was sent so often. */
async function beRefused(exchanges: 0 | 1): Promise<{ kind: 'reject'; code: string }> {
  const page = await visit(browser, app.url)
  authority.paths.length = 0
  await signIn(page)
  const { status, code, stored } = await look(page)
  expect(status).not.toBe('authenticated')
  expect(stored).toEqual([])
  expect(authority.paths.filter((path) => path === '/token')).toHaveLength(exchanges)
  expect(authority.paths.filter((path) => path === '/me')).toEqual([])
  expect(page.url()).toBe(app.url)
  return { kind: 'reject', code: code ?? 'none' }
}

describe('with oidc-provider as the authority, refuses', () => {
  caseTest('CB-03', 'a callback whose state was changed', () => {
    authority.spoil.callback = (url) => url.searchParams.set('state', `${url.searchParams.get('state')}x`)
    return beRefused(0)
  })

  caseTest('CB-14', 'a callback whose iss is of another authority', () => {
    authority.spoil.callback = (url) => url.searchParams.set('iss', 'https://elsewhere.example')
    return beRefused(0)
  })

  caseTest('CB-15', 'a callback without the iss that the metadata promises', () => {
    authority.spoil.callback = (url) => url.searchParams.delete('iss')
    return beRefused(0)
  })

  caseTest('CB-29', 'a code that was issued for another verifier', () => {
    authority.spoil.request = (query) => query.set('code_challenge', 'A'.repeat(43))
    return beRefused(1)
  })

  caseTest('IDT-18', 'an id_token with the nonce of another request', () => {
    authority.spoil.request = (query) => query.set('nonce', 'the nonce of somebody else')
    return beRefused(1)
  })

  caseTest('IDT-17', 'an id_token without a nonce', () => {
    authority.spoil.request = (query) => query.delete('nonce')
    return beRefused(1)
  })
})
