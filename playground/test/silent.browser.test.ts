import { caseTest } from '@spatio-labs/cases'
import type { SignInOptions, SpatioAuthOptions } from '@spatio-labs/auth'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { openDemo, openProfile, type OpenDemo } from './kit/open-demo.js'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo({ autoConsent: true })
})
afterEach(async () => {
  await demo.endVisits()
  expect(demo.pageErrors.splice(0)).toEqual([])
  demo.mock.verify()
})
afterAll(() => demo.close())

const BARE = 'test/pages/bare.html'

/** A page with nothing but a client: on another site than the authority, or on the same one. */
async function open(
  site: 'cross-site' | 'same-site',
  options: Partial<SpatioAuthOptions> = {},
  context?: BrowserContext,
): Promise<Page> {
  const page = (await context?.newPage()) ?? (await demo.visit())
  const base = site === 'cross-site' ? demo.url : demo.url.replace('localhost', '127.0.0.1')
  await page.goto(`${base}${BARE}?options=${encodeURIComponent(JSON.stringify(options))}`)
  await page.waitForFunction(() => 'auth' in window)
  return page
}

/** Signs in in a popup: the authority then knows the user, and the consent covers the relay page. */
async function signInAtAuthority(page: Page): Promise<void> {
  await page.evaluate(() => window.auth.signIn({ mode: 'popup' }))
}

/** Asks in a frame. @returns the status it ends in, or the code it is refused with */
function ask(page: Page, options: SignInOptions = {}): Promise<string> {
  return page.evaluate(
    (given) =>
      window.auth.signIn({ ...given, mode: 'iframe' }).then(
        (state) => state.status,
        (error: { readonly code: string }) => error.code,
      ),
    options,
  )
}

const framesOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelectorAll('iframe').length)

caseTest(
  'IFR-02',
  'keeps the session where the browser sends the authority no cookie in a frame',
  async () => {
    const page = await open('cross-site')
    await signInAtAuthority(page)
    expect(await ask(page)).toBe('login_required')
    const token = await page.evaluate(() => window.auth.getAccessToken({ forceRefresh: true }))
    expect(token).not.toBe('')
    // The same on one site: the cookie is sent, and the user is found.
    const control = await open('same-site')
    await signInAtAuthority(control)
    expect(await ask(control)).toBe('authenticated')
    expect(await framesOf(control)).toBe(0)
    return { kind: 'keep' }
  },
)

/** Signs in, and lets the authority's cookie be one that browsers send to a frame unless their user says no. */
async function askInProfile(context: BrowserContext, site: 'cross-site' | 'same-site'): Promise<string> {
  const page = await open(site, {}, context)
  await signInAtAuthority(page)
  const cookies = await context.cookies(demo.issuer)
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, sameSite: 'None', secure: true })))
  const answer = await ask(page)
  expect(await framesOf(page)).toBe(0)
  expect(await page.evaluate(() => window.auth.getAccessToken({ forceRefresh: true }))).not.toBe('')
  expect(await page.evaluate(() => window.auth.getSnapshot().status)).toBe('authenticated')
  return answer
}

caseTest('IFR-02', 'keeps the session where the user blocks third-party cookies', async () => {
  const blocked = await openProfile('blocked')
  const allowed = await openProfile('allowed')
  try {
    expect(await askInProfile(blocked.context, 'cross-site')).toBe('login_required')
    expect(await askInProfile(blocked.context, 'same-site')).toBe('authenticated')
    // The same cookie, page and question: only the setting of the browser made the difference.
    expect(await askInProfile(allowed.context, 'cross-site')).toBe('authenticated')
    return { kind: 'keep' }
  } finally {
    await blocked.close()
    await allowed.close()
  }
})

caseTest('IFR-04', 'opens one frame for five calls at once', async () => {
  const page = await open('same-site')
  await signInAtAuthority(page)
  demo.mock.clearRequests()
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(page)))
  expect(new Set(answers)).toEqual(new Set(['authenticated']))
  expect(demo.mock.requests({ endpoint: 'authorize' })).toHaveLength(1)
  return { kind: 'accept' }
})

caseTest('IFR-01', 'gives up a frame that the authority lets nobody show', async () => {
  const page = await open('same-site', { requestTimeout: 1 })
  await signInAtAuthority(page)
  demo.mock.fault('authorize.x-frame-options')
  const code = await ask(page)
  expect(await framesOf(page)).toBe(0)
  expect(await page.evaluate(() => window.auth.getSnapshot().status)).toBe('authenticated')
  // What the browser says of the refused frame.
  demo.pageErrors.splice(0)
  return { kind: 'reject', code }
})

caseTest('IFR-05', 'only relays when the frame loads the whole app', async () => {
  demo.mock.clients.add({
    client_id: 'playground',
    redirect_uris: [`${demo.url.replace('localhost', '127.0.0.1')}${BARE}`],
  })
  const page = await open('same-site', { relayPath: `/${BARE}`, silentOnLoad: 'iframe', storage: 'memory' })
  await page.evaluate(() => window.auth.ready())
  await signInAtAuthority(page)
  demo.mock.clearRequests()
  expect(await ask(page)).toBe('authenticated')
  // One question, one exchange: the app in the frame asked and exchanged nothing.
  expect(demo.mock.requests({ endpoint: 'authorize' })).toHaveLength(1)
  expect(demo.mock.requests({ endpoint: 'token' })).toHaveLength(1)
  expect(await framesOf(page)).toBe(0)
  return { kind: 'accept' }
})
