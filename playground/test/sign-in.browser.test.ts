import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoIn, DRIVEN } from './kit/frameworks.js'
import { openDemo, type OpenDemo } from './kit/open-demo.js'
import { keepSessionIn, leaveForSpatio, signIn, waitForName, waitForSignedOut } from './kit/person.js'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo()
})
afterEach(async () => {
  await demo.endVisits()
  expect(demo.pageErrors.splice(0)).toEqual([])
})
afterAll(() => demo.close())

describe.each(DRIVEN)('signing in, in %s', (framework) => {
  const { visit } = demoIn(framework, () => demo)

  it('goes through the consent page and shows who signed in, the claims and the scopes', async () => {
    const page = await visit()
    await signIn(page, 'Jonas Lindqvist')
    expect(await page.getByTestId('status').innerText()).toBe('Signed in')
    expect(await page.getByTestId('announcer').innerText()).toBe('Signed in as Jonas Lindqvist')
    expect(await page.getByRole('row', { name: 'sub' }).innerText()).toContain('usr_jonas')
    expect(await page.getByTestId('scopes').innerText()).toContain('read:*')
  })

  it('outlives a reload when the session is kept in this tab', async () => {
    const page = await visit()
    await signIn(page)
    await page.reload()
    await waitForName(page)
  })
})

describe.each(DRIVEN)('signing in, with what may come between, in %s', (framework) => {
  const { at, visit } = demoIn(framework, () => demo)

  it('shows a friendly error after Deny and offers another try', async () => {
    const page = await visit()
    await leaveForSpatio(page)
    await page.getByRole('button', { name: 'Deny' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText('You did not allow access').waitFor()
    expect(await alert.innerText()).toContain('access_denied')
    expect(page.url()).toBe(at())
    await alert.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('button', { name: 'Allow' }).click()
    await waitForName(page)
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  it('shows what to do when Spatio does not answer, and nothing is lost', async () => {
    const page = await visit()
    await page.route(`${demo.issuer}/**`, (route) => route.abort())
    await page.getByRole('button', { name: 'Sign in with Spatio' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText('Spatio did not answer').waitFor()
    const timeLine = page.locator('[data-event=request]')
    const asked = await timeLine.count()
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => timeLine.count(), { timeout: 10_000 }).toBeGreaterThan(asked)
    await alert.getByText('Spatio did not answer').waitFor()
    await page.unroute(`${demo.issuer}/**`)
    await alert.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Allow' }).click()
    await waitForName(page)
  })

  it('leaves neither code nor state in the address bar or in the history', async () => {
    const page = await visit()
    await signIn(page)
    expect(page.url()).toBe(at())
    await page.goto('about:blank')
    await page.goBack()
    await waitForName(page)
    expect(page.url()).toBe(at())
  })

  it("keeps the app's own query and fragment", async () => {
    const page = await visit('?tab=notes&q=a%20b#second')
    await signIn(page)
    expect(page.url()).toBe(at('?tab=notes&q=a%20b#second'))
  })

  it('exchanges the code once, although StrictMode mounts twice', async () => {
    const page = await visit()
    demo.mock.clearRequests()
    await signIn(page)
    expect(demo.mock.requests({ endpoint: 'token' }).map(({ grant }) => grant)).toEqual([
      'authorization_code',
    ])
  })

  it('draws the whole way on one time-line, across the redirect', async () => {
    const page = await visit()
    await signIn(page)
    const timeLine = page.getByRole('list', { name: 'Events, newest first' })
    const types = await timeLine
      .locator('li')
      .evaluateAll((items) => items.map((item) => item.dataset['event']))
    const milestones = ['signed_in', 'callback_received', 'sign_in_started']
    expect(types.filter((type) => milestones.includes(String(type)))).toEqual(milestones)
  })

  it('ends with a reload when the session is kept in memory', async () => {
    const page = await visit()
    await keepSessionIn(page, 'Memory')
    await signIn(page)
    await page.reload()
    await waitForSignedOut(page)
  })
})
