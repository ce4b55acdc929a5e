import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SpatioAuthError } from '@spatio-labs/auth'
import axe from 'axe-core'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import type { DefaultTheme } from 'vitepress'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { serveFolder } from '../../playground/demo/serve-folder.js'
import { FLAGS } from '../../scripts/browser-flags.js'
import { findBrowser } from '../../scripts/find-browser.js'
import { sidebar } from '../.vitepress/sidebar.js'

/** What `npm run docs:build` has written. */
const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 800 }
/** Every page: each has its place in the sidebar, but the one on which all begins. */
const PAGES = ['', ...linksOf(sidebar)]

let site: Awaited<ReturnType<typeof serveFolder>>
let browser: Browser
/** What went wrong in any page, and what was asked of anybody but the site. */
const problems: string[] = []

beforeAll(async () => {
  site = await serveFolder(DIST, { port: 0 })
  browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS })
})
afterEach(() => expect([...problems.splice(0), ...site.missed.splice(0)]).toEqual([]))
afterAll(async () => {
  await browser.close()
  await site.close()
})

/** Below the site's base. */
function linksOf(items: readonly DefaultTheme.SidebarItem[]): string[] {
  return items.flatMap(({ link, items: inner = [] }) => [
    ...(link === undefined ? [] : [link.slice(1)]),
    ...linksOf(inner),
  ])
}

async function visit(path: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url) && !request.url().startsWith('data:'))
      problems.push(request.url())
  })
  await page.goto(new URL(`auth/${path}`, site.url).href, { waitUntil: 'networkidle' })
  return page
}

/** What axe-core finds wrong, by every rule or by one, as lines that name the rule and the element. */
async function findViolations(page: Page, rule?: string): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async (only) => {
    const { axe: engine } = window as unknown as { axe: typeof axe }
    const rules = only === undefined ? {} : { runOnly: [only] }
    const { violations } = await engine.run(document, { resultTypes: ['violations'], ...rules })
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 160)}`),
    )
  }, rule)
}

it.each(PAGES)('/%s is accessible, light and dark, and as wide as a phone', async (path) => {
  const page = await visit(path, { viewport: PHONE, colorScheme: 'light' })
  expect(await findViolations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html.dark').waitFor()
  // Nothing but the colours is another.
  expect(await findViolations(page, 'color-contrast')).toEqual([])
  await page.context().close()
})

it.each(['', 'start/react', 'migrate/auth0-spa-js'])('/%s is accessible on a wide screen', async (path) => {
  const page = await visit(path, { viewport: DESK })
  expect(await findViolations(page)).toEqual([])
  await page.context().close()
})

it('has the section that an error links to', async () => {
  const { pathname, hash } = new URL(
    new SpatioAuthError('popup_blocked', { phase: 'authorization_request' }).docs,
  )
  const page = await visit(`${pathname.replace('/auth/', '')}${hash}`, { viewport: DESK })
  expect(await page.locator(':target').innerText()).toMatch(/^popup_blocked/)
  await page.context().close()
})

it('finds a page by a word of it', async () => {
  const page = await visit('', { viewport: DESK })
  await page.keyboard.press('Control+k')
  await page.getByRole('searchbox').fill('disconnectApp')
  await page
    .getByRole('option', { name: /Out of this app, on all devices/ })
    .first()
    .click()
  await page.waitForURL(/\/guides\/sign-out/)
  await page.context().close()
})

it('lists every page of its sidebar for readers that are programs', () => {
  const lines = readFileSync(`${DIST}auth/llms.txt`, 'utf8').split('\n')
  const paths = lines.flatMap((line) => /\(https:\/\/docs\.spatio\.app\/(.*\.md)\)/.exec(line)?.[1] ?? [])
  expect(paths.length).toBeGreaterThan(40)
  expect(paths.filter((path) => !existsSync(DIST + path))).toEqual([])
})
