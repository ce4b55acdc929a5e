import { caseTest } from '@spatio-labs/cases'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoIn, DRIVEN } from './kit/frameworks.js'
import { openDemo, type OpenDemo } from './kit/open-demo.js'
import { leaveForSpatio, signIn, waitForName, waitForSignedOut } from './kit/person.js'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo({ hasPageCache: true, hasPopupBlocker: true })
})
afterEach(async () => {
  await demo.endVisits()
  expect(demo.pageErrors.splice(0)).toEqual([])
  demo.mock.verify()
})
afterAll(() => demo.close())

/** Marks the document, so that a page load is told from a page that stayed. */
const mark = (page: Page): Promise<void> =>
  page.evaluate(() => void Object.assign(window, { isMarked: true }))
const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => 'isMarked' in window)

/** Opens the popup and waits for the consent page in it. */
async function openPopup(page: Page, button = 'Sign in in a popup'): Promise<Page> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: button }).click(),
  ])
  await popup.getByRole('button', { name: 'Allow' }).waitFor()
  return popup
}

async function allow(popup: Page): Promise<void> {
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Allow' }).click()])
}

describe.each(DRIVEN)('%s', (framework) => {
  const { visit } = demoIn(framework, () => demo)

  it('signs in in a popup, asks for a further scope in another, and never leaves the page', async () => {
    const page = await visit()
    await mark(page)
    // Somebody who has allowed nothing yet: what was allowed once is not asked again.
    demo.mock.users.add({ sub: `usr_${framework}`, name: `Newcomer to ${framework}` })
    const popup = await openPopup(page)
    await popup.getByRole('radio', { name: `Newcomer to ${framework}` }).check()
    await allow(popup)
    await waitForName(page, `Newcomer to ${framework}`)
    await allow(await openPopup(page, 'Ask in a popup'))
    await page.getByTestId('scopes').getByText('write:notes', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Call the API' }).click()
    await page.getByTestId('api-answer').getByText('200').waitFor()
    expect(await isMarked(page)).toBe(true)
  })
})

caseTest('POP-01', 'says at once that the browser blocked a window nobody clicked for', async () => {
  const page = await demo.visit('test/pages/bare.html')
  // In the page itself: what is evaluated from here counts as a click.
  await page.addInitScript(() => {
    addEventListener('load', () => {
      const refused = window.auth.signIn({ mode: 'popup' }).catch(({ code }: { code: string }) => code)
      Object.assign(window, { refused })
    })
  })
  await page.reload()
  const code = await page.evaluate(() => (window as unknown as { refused: Promise<string> }).refused)
  expect(page.context().pages()).toEqual([page])
  expect(await page.evaluate(() => window.auth.getActivity().pending)).toBeNull()
  expect(await page.evaluate(() => window.auth.getSnapshot().status)).toBe('unauthenticated')
  return { kind: 'reject', code }
})

caseTest(
  'POP-10',
  'leaves the page where an in-app browser gives it for a popup, and comes back',
  async () => {
    const page = await demo.visit()
    await page.addInitScript(() => {
      window.open = () => window
    })
    await page.reload()
    await page.getByRole('button', { name: 'Sign in in a popup' }).click()
    await page.getByRole('button', { name: 'Allow' }).click()
    await waitForName(page)
    expect(page.url()).toBe(demo.url)
    expect(page.context().pages()).toEqual([page])
    return { kind: 'accept' }
  },
)

caseTest('POP-02', 'says so within a second and a bit when the user closes the window', async () => {
  const page = await demo.visit()
  const popup = await openPopup(page)
  // A person is slower than the client's looks at the window, of which one must have seen it at the authority.
  const shownAt = await page.evaluate(() => performance.now())
  await page.waitForFunction((since) => performance.now() - since > 500, shownAt)
  const closedAt = Date.now()
  await popup.close()
  await page.getByRole('alert').getByText('popup_closed').waitFor()
  // Two processes and a busy machine stand between the two clocks.
  expect(Date.now() - closedAt).toBeLessThan(4000)
  await waitForSignedOut(page)
  return { kind: 'reject', code: 'popup_closed' }
})

caseTest('POP-03', 'signs in although the authority cuts the window off', async () => {
  const page = await demo.visit()
  demo.mock.fault('consent.coop')
  const popup = await openPopup(page)
  expect(await popup.evaluate(() => window.opener === null)).toBe(true)
  await popup.getByRole('button', { name: 'Allow' }).click()
  await waitForName(page)
  return { kind: 'accept' }
})

caseTest('POP-04', 'ignores what the page of another origin posts from the popup itself', async () => {
  const page = await demo.visit()
  const popup = await openPopup(page)
  await popup.evaluate(() => {
    const opener = window.opener as Window
    for (const data of [{ query: 'code=stolen&state=sp1.x' }, null, 'text']) opener.postMessage(data, '*')
  })
  await allow(popup)
  await waitForName(page)
  return { kind: 'ignore' }
})

caseTest('POP-09', 'tells the popup that nobody waits when the page was loaded again', async () => {
  const page = await demo.visit()
  const popup = await openPopup(page)
  await page.reload()
  await popup.getByRole('button', { name: 'Allow' }).click()
  await popup.getByText('No page waits for this sign-in any more.').waitFor()
  const code = await popup.evaluate(() => document.documentElement.dataset['spatioRelay'])
  expect(popup.url()).toBe(`${demo.url}relay.html`)
  expect(await popup.getByRole('link').getAttribute('href')).toBe('/')
  return { kind: 'reject', code: code ?? '' }
})

caseTest('CB-24', 'is usable again when Back takes the page out of the page cache', async () => {
  const page = await demo.visit()
  await mark(page)
  await leaveForSpatio(page)
  // A page that was kept does not load again.
  await page.goBack({ waitUntil: 'commit' })
  // Else the page was loaded anew, and this would prove nothing.
  expect(await isMarked(page)).toBe(true)
  await page.getByRole('alert').getByText('navigation_cancelled').waitFor()
  await signIn(page)
  // The development server's own socket, which the page cache cuts.
  const others = demo.pageErrors.splice(0).filter((text) => !text.includes('Back-Forward Cache'))
  expect(others).toEqual([])
  return { kind: 'reject', code: 'navigation_cancelled' }
})

caseTest(
  'NAV-08',
  'comes back to the place of a hash-routed app, which is never read as a callback',
  async () => {
    const page = await demo.visit('#/notes?code=1&state=sp1.x')
    await waitForSignedOut(page)
    await signIn(page)
    expect(page.url()).toBe(`${demo.url}#/notes?code=1&state=sp1.x`)
    return { kind: 'accept' }
  },
)
