import { caseTest } from '@spatio-labs/cases'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoIn, DRIVEN } from './kit/frameworks.js'
import { openDemo, type OpenDemo } from './kit/open-demo.js'
import {
  keepSessionIn,
  leaveForSpatio,
  signIn,
  signOut,
  waitForName,
  waitForSignedOut,
} from './kit/person.js'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo()
})
afterEach(async () => {
  await demo.endVisits()
  expect(demo.pageErrors.splice(0)).toEqual([])
})
afterAll(() => demo.close())

/** A tab with a session that is kept for all tabs, and another one with the same. */
async function openTwoTabs(first: Page, url: string): Promise<readonly [Page, Page]> {
  await keepSessionIn(first, 'All tabs')
  await signIn(first)
  const second = await first.context().newPage()
  await second.goto(url)
  await waitForName(second)
  return [first, second]
}

describe.each(DRIVEN)('signing out, in %s', (framework) => {
  const { visit } = demoIn(framework, () => demo)

  it('ends the session here and for good', async () => {
    const page = await visit()
    await signIn(page)
    await signOut(page)
    await page.getByText('You are signed out. The next sign-in asks who you are.').waitFor()
    await page.reload()
    await waitForSignedOut(page)
    await page.goto('about:blank')
    await page.goBack()
    await waitForSignedOut(page)
  })

  it('moves the focus to the heading of what replaced the button', async () => {
    const page = await visit()
    await signIn(page)
    await signOut(page)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main-heading')
  })
})

describe.each(DRIVEN)('signing out, as the authority sees it, in %s', (framework) => {
  const { visit } = demoIn(framework, () => demo)

  it('revokes both tokens', async () => {
    const page = await visit()
    await signIn(page)
    demo.mock.clearRequests()
    await Promise.all([page.waitForResponse(`${demo.issuer}/oauth2/revoke`), signOut(page)])
    await expect
      .poll(() => demo.mock.requests({ endpoint: 'revoke' }).map(({ status }) => status))
      .toEqual([200, 200])
  })

  it('makes the next sign-in ask who it is, although Spatio still knows', async () => {
    const page = await visit()
    await signIn(page)
    await signOut(page)
    await leaveForSpatio(page)
    expect(demo.mock.requests({ endpoint: 'authorize' }).at(-1)?.parameters).toMatchObject({
      prompt: 'login',
    })
    await page.getByRole('radio', { name: 'Yuki Tanabe' }).check()
    await page.getByRole('button', { name: 'Allow' }).click()
    await waitForName(page, 'Yuki Tanabe')
  })
})

describe.each(DRIVEN)('two tabs with the session kept for all tabs, in %s', (framework) => {
  const { at, visit } = demoIn(framework, () => demo)

  caseTest('OUT-09', 'are signed in together and signed out together', async () => {
    const [first, second] = await openTwoTabs(await visit(), at())
    await signOut(first)
    await waitForSignedOut(second)
    await second.getByText('You signed out in another tab, so this one followed.').waitFor()
    return { kind: 'signout', reason: 'elsewhere' }
  })

  it('refresh once when both want to', async () => {
    const [first, second] = await openTwoTabs(await visit(), at())
    await first.getByRole('button', { name: 'Expire the token' }).click()
    await first.getByTestId('token-state').getByText('Revoked at Spatio').waitFor()
    demo.mock.clearRequests()
    await Promise.all([first, second].map((tab) => tab.getByRole('button', { name: 'Call the API' }).click()))
    await Promise.all([first, second].map((tab) => tab.getByTestId('api-answer').getByText('200').waitFor()))
    expect(demo.mock.requests({ endpoint: 'token' })).toHaveLength(1)
  })
})

describe.each(DRIVEN)('two tabs with the session kept in each, in %s', (framework) => {
  const { at, visit } = demoIn(framework, () => demo)

  it('are signed in each for itself', async () => {
    const first = await visit()
    await signIn(first)
    const second = await first.context().newPage()
    await second.goto(at())
    await waitForSignedOut(second)
    await waitForName(first)
  })
})

describe.each(DRIVEN)('a page whose code for tokens a deploy has deleted, in %s', (framework) => {
  const { at, visit } = demoIn(framework, () => demo)

  it('shows its session, and ends it in every tab and at the authority', async () => {
    const [first, second] = await openTwoTabs(await visit(), at())
    const isLife = /create-life/
    await first.route(isLife, (route) => route.fulfill({ status: 404 }))
    await Promise.all([first.waitForRequest(isLife), first.reload()])
    await waitForName(first)
    demo.mock.clearRequests()
    await signOut(first)
    await waitForSignedOut(second)
    await expect
      .poll(() => demo.mock.requests({ endpoint: 'revoke' }).map(({ status }) => status))
      .toEqual([200, 200])
  })
})
