import { createServer } from 'node:http'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMockServer, type Listener } from '../src/index.js'
import { toAuthorizeQuery } from './support/flow.js'
import { openBrowser } from './support/open-browser.js'

const mock = createMockServer()
const appServer = createServer((_request, response) => response.end('The app'))
let app = ''
let listener: Listener
let browser: Browser

beforeAll(async () => {
  await new Promise<void>((resolve) => appServer.listen(0, '127.0.0.1', resolve))
  const address = appServer.address()
  app = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/app`
  mock.clients.add({ client_id: 'app', client_name: 'Studio Planner', redirect_uris: [app] })
  ;[listener, browser] = await Promise.all([mock.listen(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await listener.close()
  appServer.closeAllConnections()
  await new Promise((resolve) => appServer.close(resolve))
})

async function openPage(): Promise<Page> {
  // The colours of one scheme do not fade into those of the other while axe looks.
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  context.setDefaultTimeout(10_000)
  return context.newPage()
}

const authorize = (page: Page, changes: Record<string, string | undefined> = {}): Promise<unknown> =>
  page.goto(`${mock.issuer}/oauth2/authorize?${toAuthorizeQuery({ redirect_uri: app, ...changes })}`)

const press = (page: Page, name: 'Allow' | 'Deny'): Promise<void> =>
  page.getByRole('button', { name }).click()

/** How a person gets to each page there is. */
const states: Record<string, (page: Page) => Promise<unknown>> = {
  'the address of the authority': async (page) => {
    await page.goto(mock.issuer)
    await page.getByRole('heading', { name: 'This is a mock of Spatio' }).waitFor()
  },
  'the user picker with the consent': (page) => authorize(page),
  'the consent of who is signed in': async (page) => {
    await authorize(page)
    await press(page, 'Allow')
    await page.waitForURL(/\/app\?code=/)
    await authorize(page, { prompt: 'consent' })
    await page.getByText('Signed in').waitFor()
  },
  'the confirmation of who one is': async (page) => {
    await authorize(page)
    await press(page, 'Allow')
    await page.waitForURL(/\/app\?code=/)
    await authorize(page, { prompt: 'login' })
    await page.getByText('Confirm who you are').waitFor()
  },
  'an app that is not registered': (page) => authorize(page, { client_id: 'nobody' }),
  'a redirect URI that is not registered': (page) =>
    authorize(page, { redirect_uri: `https://elsewhere.example/${'long-path-'.repeat(20)}` }),
  'a link without a way back': (page) => authorize(page, { redirect_uri: undefined }),
  'a sign-in that has expired': (page) => page.goto(`${mock.issuer}/oauth2/consent?request=x`),
  'a decision that is refused': async (page) => {
    await authorize(page)
    await page.locator('input[name=csrf]').evaluate((field) => field.setAttribute('value', 'forged'))
    await press(page, 'Deny')
    await page.getByText('cannot be accepted').waitFor()
  },
}

async function findProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}

const isWiderThanItsWindow = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

describe.each(Object.entries(states))('%s', (_state, open) => {
  it('has nothing for axe to find, in light and dark, and fits 320 px and text of double size', async () => {
    const page = await openPage()
    await open(page)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width: 1280, height: 800 })
      expect(await findProblems(page)).toEqual([])
      await page.setViewportSize({ width: 320, height: 640 })
      expect(await findProblems(page)).toEqual([])
      expect(await isWiderThanItsWindow(page)).toBe(false)
    }
    // 200 % zoom of a small laptop is half its width; a larger text setting doubles rem.
    await page.setViewportSize({ width: 640, height: 400 })
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    expect(await isWiderThanItsWindow(page)).toBe(false)
    await page.context().close()
  })
})

it('is answered by the keyboard alone, and shows where the focus is', async () => {
  const page = await openPage()
  await authorize(page)
  await page.keyboard.press('Tab')
  expect(
    await page.getByRole('radio', { name: 'Mira Okafor' }).evaluate((it) => it.matches(':focus-visible')),
  ).toBe(true)
  const outline = await page
    .locator('.user')
    .first()
    .evaluate((card) => getComputedStyle(card).outlineStyle)
  expect(outline).toBe('solid')
  await page.keyboard.press('ArrowDown')
  expect(await page.getByRole('radio', { name: 'Jonas Lindqvist' }).isChecked()).toBe(true)
  const focused = page.getByRole('button', { name: 'Allow' })
  for (let presses = 0; presses < 10; presses += 1) {
    if (await focused.evaluate((button) => button === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/app\?code=/)
  expect(mock.requests({ endpoint: 'confirm' }).at(-1)).toMatchObject({ sub: 'usr_jonas', status: 303 })
  await page.context().close()
})

it('has a name, a language, one heading and no inline script or style', async () => {
  const page = await openPage()
  await authorize(page)
  expect(await page.title()).toContain('Sign in to Studio Planner')
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
  expect(await page.locator('script, style, [style]').count()).toBe(0)
  await page.context().close()
})
