import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo } from './kit/open-demo.js'
import { leaveForSpatio } from './kit/person.js'

const PAGE = 'test/pages/devtools.html'
const TABS = ['Time-line', 'Session', 'Storage', 'Tabs', 'Faults']

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo()
  demo.mock.clients.add({ client_id: 'playground', redirect_uris: [demo.url, demo.url + PAGE] })
})
afterEach(async () => {
  await demo.endVisits()
  expect(demo.pageErrors.splice(0)).toEqual([])
})
afterAll(() => demo.close())

const launcher = (page: Page) => page.getByRole('button', { name: /^Spatio devtools/ })
const panel = (page: Page) => page.getByRole('region', { name: 'Spatio devtools' })
const show = (page: Page, tab: string): Promise<void> => page.getByRole('tab', { name: tab }).click()

async function allow(page: Page): Promise<void> {
  await leaveForSpatio(page)
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.waitForURL(demo.url + PAGE)
}

async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(
      'spatio-auth-devtools',
    )
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}

describe('the devtools in the corner of an app', () => {
  it('have no accessibility fault that axe finds, light or dark', async () => {
    const page = await demo.visit(PAGE)
    await allow(page)
    await launcher(page).click()
    for (const tab of TABS) {
      await show(page, tab)
      if (tab === 'Faults') await page.getByRole('searchbox').waitFor()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await findViolations(page), `${tab}, ${colorScheme}`).toEqual([])
      }
    }
  })

  it('are opened, walked through and closed by keyboard, and give the focus back', async () => {
    const page = await demo.visit(PAGE)
    await launcher(page).focus()
    await page.keyboard.press('Enter')
    await panel(page).and(page.locator(':focus')).waitFor()
    // The host of the shadow root has the focus as well.
    const focused = page.locator(':focus').last()
    await page.keyboard.press('Tab')
    expect(await focused.getAttribute('aria-label')).toBe('Close')
    await page.keyboard.press('Tab')
    for (const [key, tab] of [
      ['ArrowRight', 'Session'],
      ['End', 'Faults'],
      ['ArrowRight', 'Time-line'],
    ] as const) {
      await page.keyboard.press(key)
      expect(await focused.innerText()).toBe(tab)
      expect(await focused.getAttribute('aria-selected')).toBe('true')
    }
    await page.keyboard.press('Tab')
    expect(await focused.getAttribute('role')).toBe('tabpanel')
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    expect(await focused.getAttribute('aria-expanded')).toBe('false')
  })

  it('stay as they were over a sign-in, whose two halves they show', async () => {
    const page = await demo.visit(PAGE)
    await launcher(page).click()
    await allow(page)
    const events = page.getByRole('list', { name: 'Events, newest first' })
    await events.locator('[data-event=signed_in]').waitFor()
    await events.locator('[data-event=sign_in_started]').waitFor()
    await show(page, 'Storage')
    await panel(page).getByText('The session', { exact: true }).waitFor()
    await panel(page).getByText('A state that was used').first().waitFor()
  })

  it('fit a narrow window, and do not move where motion is not wanted', async () => {
    const page = await demo.visit(PAGE)
    await page.setViewportSize({ width: 390, height: 700 })
    await launcher(page).click()
    const { left, right, top } = await panel(page).evaluate((element) => element.getBoundingClientRect())
    expect([left, top].every((edge) => edge >= 0) && right <= 390).toBe(true)
    for (const tab of TABS) {
      await show(page, tab)
      const overflow = await page
        .getByRole('tabpanel')
        .evaluate((view) => view.scrollWidth - view.clientWidth)
      expect(overflow, tab).toBe(0)
    }
    expect(await panel(page).evaluate((element) => getComputedStyle(element).animationName)).toBe('none')
  })

  it('switch on a fault of the mock, show that it was met, and what the client made of it', async () => {
    const page = await demo.visit(PAGE)
    await launcher(page).click()
    await show(page, 'Faults')
    await page.getByRole('searchbox', { name: 'Find a fault' }).fill('nonce')
    await page.getByLabel('What goes wrong next').selectOption('id.nonce.wrong')
    await page.getByRole('button', { name: 'Switch on' }).click()
    await panel(page).getByText('not met yet').waitFor()
    await allow(page)
    await panel(page).getByText('no fault is switched on').waitFor()
    await show(page, 'Session')
    await panel(page).getByRole('link', { name: 'id_token_nonce_mismatch' }).waitFor()
  })

  it('see the other tabs come, change and go', async () => {
    const page = await demo.visit(PAGE)
    await launcher(page).click()
    await show(page, 'Tabs')
    await panel(page).getByText('No other tab').waitFor()
    const other = await page.context().newPage()
    await other.goto(demo.url + PAGE)
    await panel(page).getByText('An app with devtools').waitFor()
    await panel(page).getByRole('listitem').getByText('Signed out').waitFor()
    await allow(other)
    await panel(page).getByRole('listitem').getByText('Signed in').waitFor()
    await other.close()
    await panel(page).getByText('No other tab').waitFor()
  })

  it('copy a report without a token, a claim or a state', async () => {
    const page = await demo.visit(PAGE)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await allow(page)
    await launcher(page).click()
    await panel(page).getByText('Signed in').first().waitFor()
    const stored = await page.evaluate(() => Object.entries(sessionStorage))
    await page.getByRole('button', { name: 'Copy a report' }).click()
    await panel(page).getByText('Copied.').waitFor()
    const report = await page.evaluate(() => navigator.clipboard.readText())
    expect(report).toContain('state: authenticated')
    expect(report).toContain('signed_in')
    const session = stored.find(([key]) => /^spatio\.auth:[^#]+$/.test(key))?.[1] ?? '{}'
    const { accessToken, refreshToken, nonce, id } = JSON.parse(session) as Record<string, string>
    const states = stored.map(([key]) => /sp1\..+$/.exec(key)?.[0] ?? 'sp1.')
    const secrets = [accessToken, refreshToken, nonce, id, ...states, 'usr_mira', 'Mira', 'mira@']
    expect(secrets.filter((secret) => secret === undefined || report.includes(secret))).toEqual([])
  })
})
