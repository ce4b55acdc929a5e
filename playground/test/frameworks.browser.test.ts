import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FRAMEWORK_NAMES, FRAMEWORKS, type Framework } from '../src/frameworks.js'
import { demoIn } from './kit/frameworks.js'
import { openDemo, type OpenDemo } from './kit/open-demo.js'
import { keepSessionIn, leaveForSpatio, signIn, signOut, waitForName } from './kit/person.js'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo()
})
afterEach(async () => {
  await demo.endVisits()
  expect(demo.pageErrors.splice(0)).toEqual([])
})
afterAll(() => demo.close())

const OTHERS = FRAMEWORKS.filter((framework) => framework !== 'react')

function linkOf(page: Page, framework: Framework) {
  return page
    .getByRole('navigation', { name: 'The same demo in' })
    .getByRole('link', { name: FRAMEWORK_NAMES[framework] })
}

/** Waits until the app of a framework is the one that is shown, and the only one. */
async function waitForApp(page: Page, framework: Framework): Promise<void> {
  // Its code is compiled when it is first asked for.
  await page.locator(`.app[data-framework=${framework}]`).waitFor({ timeout: 30_000 })
  expect(await page.locator('.app').count()).toBe(1)
  expect(await linkOf(page, framework).getAttribute('aria-current')).toBe('page')
}

/** Changes the app, without the page being loaded. */
async function switchTo(page: Page, framework: Framework): Promise<void> {
  await page.evaluate(() => void Object.assign(window, { isMarked: true }))
  await linkOf(page, framework).click()
  await waitForApp(page, framework)
  expect(await page.evaluate(() => 'isMarked' in window)).toBe(true)
}

/** What the app shows, as assistive technology meets it; times and the numbers of an answer differ by nature. */
async function describeApp(page: Page): Promise<string> {
  const tree = await page.locator('.app').ariaSnapshot()
  return tree
    .replace(/\d+:\d\d/g, 'TIME')
    .replace(/\d+ ms/g, 'MS')
    .replace(/(?<=strong: )"\d+"/, 'N')
}

/** How the app looks. What counts or runs down shows the same everywhere, and the pointer touches nothing. */
async function drawApp(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0)
  await page.locator('.app').evaluate((app) => {
    app.querySelector('expiry-ring')?.replaceChildren('')
    for (const id of ['name-renders', 'api-answer'])
      app.querySelector(`[data-testid=${id}]`)?.replaceChildren('')
  })
  return page.locator('.app').screenshot()
}

/** What axe finds in a part of the page. */
async function findViolations(page: Page, part: string): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async (selector) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(selector)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }, part)
}

describe('the switch between the frameworks', () => {
  it('keeps the session, which is in no storage, and the time-line, through all four and back', async () => {
    const page = await demo.visit()
    await keepSessionIn(page, 'Memory')
    await signIn(page)
    demo.mock.clearRequests()
    for (const framework of [...OTHERS, 'react'] as const) {
      await switchTo(page, framework)
      await waitForName(page)
      expect(new URL(page.url()).search).toBe(`?framework=${framework}`)
      await page.locator('[data-event=signed_in]').waitFor()
    }
    expect(demo.mock.requests({ endpoint: 'token' })).toEqual([])
    // Each app that was taken away let go of the client: the one that is left shows what happens next.
    await signOut(page)
    await waitForApp(page, 'react')
  })

  it('is worked by the keyboard, goes back with Back, and stays with a reload', async () => {
    const page = await demo.visit()
    await waitForApp(page, 'react')
    await linkOf(page, 'react').focus()
    for (const framework of ['vue', 'svelte'] as const) {
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await waitForApp(page, framework)
      expect(await linkOf(page, framework).evaluate((link) => link === document.activeElement)).toBe(true)
    }
    await page.reload()
    await waitForApp(page, 'svelte')
    await page.goBack()
    await waitForApp(page, 'vue')
    await page.goBack()
    await waitForApp(page, 'react')
    await page.goForward()
    await waitForApp(page, 'vue')
  })

  it.each(OTHERS)('brings who signs in from %s back to it, or to it with the refusal', async (framework) => {
    const page = await demoIn(framework, () => demo).visit()
    await leaveForSpatio(page)
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByRole('alert').getByText('access_denied').waitFor()
    await waitForApp(page, framework)
    await signIn(page)
    await waitForApp(page, framework)
    expect(page.url()).toBe(`${demo.url}?framework=${framework}`)
  })
})

describe('the four apps', () => {
  it('are the same to the eye and to assistive technology when nobody is signed in', async () => {
    const page = await demo.visit()
    await waitForApp(page, 'react')
    expect(await findViolations(page, 'body')).toEqual([])
    const [tree, picture] = [await describeApp(page), await drawApp(page)]
    expect(tree).toContain('button "Sign in with Spatio"')
    for (const framework of OTHERS) {
      await switchTo(page, framework)
      expect(await describeApp(page)).toBe(tree)
      expect((await drawApp(page)).equals(picture), `${framework} looks like React`).toBe(true)
      expect(await findViolations(page, '.app')).toEqual([])
    }
  })

  it('are the same to the eye and to assistive technology when somebody is', async () => {
    const page = await demo.visit()
    await signIn(page)
    const callApi = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Call the API' }).click()
      await page.getByText('Launch checklist').waitFor()
    }
    await callApi()
    expect(await findViolations(page, 'body')).toEqual([])
    const [tree, picture] = [await describeApp(page), await drawApp(page)]
    expect(tree).toContain('row "sub usr_mira"')
    for (const framework of OTHERS) {
      await switchTo(page, framework)
      await callApi()
      expect(await describeApp(page)).toBe(tree)
      expect(await findViolations(page, '.app')).toEqual([])
      expect((await drawApp(page)).equals(picture), `${framework} looks like React`).toBe(true)
    }
  })
})
