import type { SignInOptions } from '@spatio-labs/auth'
import type { Browser, Page } from 'playwright-core'
import type { StormPage } from '../page/main.js'

/** What a page shows of its session. */
export interface Shown {
  readonly status: string
  readonly name: unknown
  readonly code: string | null
  readonly stored: string[]
}

/** A person with an empty profile, on the app's page. */
export async function visit(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext()
  context.setDefaultTimeout(10_000)
  // The authority's page wants a font from elsewhere.
  await context.route('https://**', (route) => route.abort())
  const page = await context.newPage()
  await page.goto(url)
  await settle(page)
  return page
}

export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => 'auth' in window && (window as unknown as StormPage).auth.getSnapshot().status !== 'loading',
  )
}

/** Asks for a sign-in, which leaves the page. */
export async function leave(page: Page, options: SignInOptions = {}): Promise<void> {
  await page.evaluate((asked) => {
    void (window as unknown as StormPage).auth.signIn({ ...asked, mode: 'redirect' }).catch(() => undefined)
  }, options)
}

/** Answers the authority's own login page, in the window or in a popup. */
export async function logIn(page: Page, login = 'mira'): Promise<void> {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
}

/** Waits for what the app makes of the answer that `answer` brings it. */
export async function comeBack(page: Page, url: string, answer: () => Promise<unknown>): Promise<void> {
  const back = page.waitForURL((found) => found.href.startsWith(url), { waitUntil: 'commit' })
  await answer()
  await back
  await settle(page)
}

export function look(page: Page): Promise<Shown> {
  return page.evaluate(() => {
    const { auth, whereSessionIs } = window as unknown as StormPage
    const state = auth.getSnapshot()
    const stored = Object.keys(whereSessionIs).filter((key) => /^spatio\.auth:[^#]*$/.test(key))
    return { status: state.status, name: state.user?.name, code: state.error?.code ?? null, stored }
  })
}
