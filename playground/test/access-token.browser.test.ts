import { caseTest } from '@spatio-labs/cases'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { demoIn, DRIVEN } from './kit/frameworks.js'
import { openDemo, type OpenDemo } from './kit/open-demo.js'
import { signIn, waitForName } from './kit/person.js'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo()
})
afterEach(async () => {
  await demo.endVisits()
  expect(demo.pageErrors.splice(0)).toEqual([])
})
afterAll(() => demo.close())

async function visitSignedIn(visit: () => Promise<Page> = demo.visit): Promise<Page> {
  const page = await visit()
  await signIn(page)
  demo.mock.clearRequests()
  return page
}

function refreshes({ mock }: OpenDemo): number {
  return mock.requests({ endpoint: 'token' }).filter(({ grant }) => grant === 'refresh_token').length
}

describe.each(DRIVEN)('the access token, in %s', (framework) => {
  const { visit } = demoIn(framework, () => demo)

  it('is refreshed by one request, and the name is not rendered again', async () => {
    const page = await visitSignedIn(visit)
    const name = await page.getByTestId('user-name').elementHandle()
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await page.locator('[data-event=refreshed]').waitFor()
    expect(demo.mock.requests({ endpoint: 'token' })).toHaveLength(1)
    expect(refreshes(demo)).toBe(1)
    expect(await name?.evaluate((element) => element.isConnected)).toBe(true)
    expect(await page.getByTestId('name-renders').innerText()).toBe('1')
  })

  it('heals by one refresh and one retry when it was revoked behind the page’s back', async () => {
    const page = await visitSignedIn(visit)
    await page.getByRole('button', { name: 'Expire the token' }).click()
    await page.getByTestId('token-state').getByText('Revoked at Spatio').waitFor()
    await page.getByRole('button', { name: 'Call the API' }).click()
    await page.getByTestId('api-answer').getByText('200').waitFor()
    const calls = demo.mock.requests({ endpoint: 'notes' }).filter(({ method }) => method === 'GET')
    expect(calls.map(({ status }) => status)).toEqual([401, 200])
    expect(refreshes(demo)).toBe(1)
    await page.getByTestId('token-state').getByText('Good for the API').waitFor()
  })
})

describe.each(DRIVEN)('the access token in good days and bad, in %s', (framework) => {
  const { visit } = demoIn(framework, () => demo)

  it('is refreshed in silence before it expires', async () => {
    const own = await openDemo({ accessTokenLifetime: 120 })
    try {
      const page = await demoIn(framework, () => own).visit()
      // The page's clock and the authority's are moved together, so that nobody has to wait.
      await page.clock.install()
      await page.reload()
      await signIn(page)
      own.mock.clearRequests()
      own.mock.clock.advance('85s')
      await page.clock.fastForward(85_000)
      await page.locator('[data-event=refreshed]').waitFor()
      expect(own.mock.requests({ endpoint: 'token' })).toHaveLength(1)
      expect(await page.getByTestId('name-renders').innerText()).toBe('1')
      expect(await page.getByTestId('expires-in').innerText()).toMatch(/^(2:00|1:5\d)$/)
    } finally {
      await own.close()
    }
  })

  it('opens the API', async () => {
    const page = await visitSignedIn(visit)
    await page.getByRole('button', { name: 'Call the API' }).click()
    await page.getByTestId('api-answer').getByText('200').waitFor()
    await page.getByText('Launch checklist').waitFor()
    expect(refreshes(demo)).toBe(0)
  })

  it('ends the session when Spatio ended it', async () => {
    const page = await visitSignedIn(visit)
    demo.mock.users.signOutEverywhere('usr_mira')
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await page.getByText('Your session has ended. Sign in to go on.').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.reload()
    const expectSignedOut = async (): Promise<void> =>
      expect(await page.getByTestId('status').innerText()).toBe('Signed out')
    await vi.waitFor(expectSignedOut, { timeout: 10_000 })
  })

  it('is still there, with the name, while Spatio cannot be reached', async () => {
    const page = await visitSignedIn(visit)
    await page.route(`${demo.issuer}/**`, (route) => route.abort())
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await page.getByRole('alert').getByText('The session could not be refreshed just now').waitFor()
    await waitForName(page)
    await page.unroute(`${demo.issuer}/**`)
    await page.getByRole('button', { name: 'Call the API' }).click()
    await page.getByTestId('api-answer').getByText('200').waitFor()
  })
})

describe('the access token and other origins', () => {
  /** A signed-in page with nothing but a client, which may send the token to its own origin; what is asked of `/api`. */
  async function visitApi(answer: { status: number; headers?: Record<string, string> }) {
    const page = await visitSignedIn()
    const options = JSON.stringify({ allowedOrigins: [new URL(demo.url).origin] })
    await page.goto(`${demo.url}test/pages/bare.html?options=${encodeURIComponent(options)}`)
    await page.waitForFunction(() => 'auth' in window)
    const asked: { url: string; hasToken: boolean }[] = []
    await page.route('**/api/notes', async (route) => {
      const { authorization } = await route.request().allHeaders()
      asked.push({ url: route.request().url(), hasToken: authorization !== undefined })
      await route.fulfill(answer)
    })
    const call = (url: string): Promise<string | number> =>
      page.evaluate(
        (target) =>
          window.auth.fetch(target).then(
            ({ status }) => status,
            ({ code }: { code: string }) => code,
          ),
        url,
      )
    return { page, asked, call }
  }

  caseTest('LEAK-08', 'do not meet by a base element that somebody put into the page', async () => {
    const { page, asked, call } = await visitApi({ status: 200 })
    await page.evaluate(() => {
      const base = document.createElement('base')
      base.href = 'https://evil.test/'
      document.head.prepend(base)
    })
    expect(await page.evaluate(() => new URL('/api/notes', document.baseURI).origin)).toBe(
      'https://evil.test',
    )
    expect(await call('/api/notes')).toBe(200)
    expect(asked).toEqual([{ url: `${demo.url}api/notes`, hasToken: true }])
    const code = await call('//evil.test/api/notes')
    expect(asked).toHaveLength(1)
    return { kind: 'reject', code: String(code) }
  })

  caseTest('LEAK-09', 'do not meet by a redirect, wherever it leads', async () => {
    const { asked, call } = await visitApi({
      status: 302,
      headers: { location: `${demo.issuer}/v1/notes` },
    })
    const code = await call('/api/notes')
    expect(asked).toEqual([{ url: `${demo.url}api/notes`, hasToken: true }])
    expect(demo.mock.requests({ endpoint: 'notes' })).toEqual([])
    return { kind: 'reject', code: String(code) }
  })
})
