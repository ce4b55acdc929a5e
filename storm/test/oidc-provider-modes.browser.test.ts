import type { SignInOptions, SpatioAuthError } from '@spatio-labs/auth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type AppServer } from '../kit/app-server.js'
import { launchChromium } from '../kit/launch-chromium.js'
import { PROVIDER_CLIENT, startOidcProvider, type Authority } from '../kit/oidc-provider.js'
import { comeBack, leave, logIn, look, visit } from '../kit/visitor.js'
import type { StormPage } from '../page/main.js'

const relayPath = '/relay.html'
let app: AppServer
let authority: Authority
let browser: Browser
beforeAll(async () => {
  app = await startApp({
    settings: () => ({ issuer: authority.issuer, clientId: PROVIDER_CLIENT, storage: 'session', relayPath }),
    now: () => Date.now(),
  })
  authority = await startOidcProvider(app.url, new URL(relayPath, app.url).href)
  browser = await launchChromium()
})
afterEach(async () => {
  delete authority.spoil.request
  for (const context of browser.contexts()) await context.close()
})
afterAll(async () => {
  await browser.close()
  await app.close()
  await authority.close()
})

/** Signs in beside the page, and says how that ended: a status, or the code of the refusal. */
function signInBeside(page: Page, options: SignInOptions): Promise<string> {
  return page.evaluate(
    (asked) =>
      (window as unknown as StormPage).auth.signIn(asked).then(
        ({ status }) => status,
        ({ code }: SpatioAuthError) => code,
      ),
    options,
  )
}

async function signIn(page: Page): Promise<void> {
  await leave(page)
  await comeBack(page, app.url, () => logIn(page))
}

const exchanges = (): number => authority.paths.filter((path) => path === '/token').length
const SIGNED_IN = { status: 'authenticated', name: 'The user mira', code: null }

describe('with oidc-provider as the authority, in a popup', () => {
  it('signs in, and the page stays where it is', async () => {
    const page = await visit(browser, `${app.url}?tab=1`)
    const opened = page.waitForEvent('popup')
    const ended = signInBeside(page, { mode: 'popup' })
    const popup = await opened
    await logIn(popup)
    expect(await ended).toBe('authenticated')
    expect(await look(page)).toMatchObject(SIGNED_IN)
    expect(page.url()).toBe(`${app.url}?tab=1`)
    expect(popup.isClosed()).toBe(true)
  })

  it('tells that the person said no, and signs nobody in', async () => {
    const page = await visit(browser, app.url)
    authority.paths.length = 0
    const opened = page.waitForEvent('popup')
    const ended = signInBeside(page, { mode: 'popup' })
    await (await opened).locator('a[href$="/abort"]').click()
    expect(await ended).toBe('authorization_error')
    expect(await look(page)).toMatchObject({ status: 'unauthenticated', stored: [] })
    expect(exchanges()).toBe(0)
  })
})

describe('with oidc-provider as the authority, in a hidden frame', () => {
  it('finds who is signed in at the authority, and says so where nobody is', async () => {
    const page = await visit(browser, app.url)
    expect(await signInBeside(page, { mode: 'iframe' })).toBe('login_required')
    expect(await look(page)).toMatchObject({ status: 'unauthenticated', code: null, stored: [] })
    await signIn(page)
    // Another tab of the same person, with no session of its own.
    const other = await page.context().newPage()
    await other.goto(app.url)
    expect(await signInBeside(other, { mode: 'iframe' })).toBe('authenticated')
    expect(await look(other)).toMatchObject(SIGNED_IN)
    expect(await other.locator('iframe').count()).toBe(0)
    expect(other.url()).toBe(app.url)
  })
})

describe('with oidc-provider as the authority, by redirect', () => {
  it('reports a denied consent beside a session, which stays as it is', async () => {
    const page = await visit(browser, app.url)
    await signIn(page)
    const { stored } = await look(page)
    authority.paths.length = 0
    await leave(page, { prompt: 'consent' })
    await comeBack(page, app.url, () => page.locator('a[href$="/abort"]').click())
    expect(await look(page)).toMatchObject({ ...SIGNED_IN, code: 'authorization_error', stored })
    expect(exchanges()).toBe(0)
    expect(page.url()).toBe(app.url)
  })

  it('takes a login that is young enough for max_age, and asks again for one of 0', async () => {
    const page = await visit(browser, app.url)
    await signIn(page)
    await comeBack(page, app.url, () => leave(page, { maxAge: 3600 }))
    expect(await look(page)).toMatchObject(SIGNED_IN)
    await leave(page, { maxAge: 0 })
    await comeBack(page, app.url, () => logIn(page))
    expect(await look(page)).toMatchObject(SIGNED_IN)
  })

  it('refuses an id_token without the auth_time that max_age asks for', async () => {
    authority.spoil.request = (query) => query.delete('max_age')
    const page = await visit(browser, app.url)
    await leave(page, { maxAge: 3600 })
    await comeBack(page, app.url, () => logIn(page))
    expect(await look(page)).toMatchObject({ status: 'error', code: 'id_token_claim_missing', stored: [] })
  })
})
