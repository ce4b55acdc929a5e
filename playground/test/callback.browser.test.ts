import { caseTest } from '@spatio-labs/cases'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoIn, DRIVEN } from './kit/frameworks.js'
import { openDemo, type OpenDemo } from './kit/open-demo.js'
import { leaveForSpatio, nextCallback, signIn, waitForName, waitForSignedOut } from './kit/person.js'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo()
})
afterEach(async () => {
  await demo.endVisits()
  expect(demo.pageErrors.splice(0)).toEqual([])
})
afterAll(() => demo.close())

/** The error code that the page shows. */
async function shownCode(page: Page): Promise<string> {
  const text = await page.getByRole('alert').innerText()
  return /\b[a-z]+(_[a-z]+)+\b/.exec(text)?.[0] ?? ''
}

describe.each(DRIVEN)('a callback that is not ours to use, in %s', (framework) => {
  const { at, visit } = demoIn(framework, () => demo)

  caseTest('CB-03', 'is refused when forged, asks nobody, and leaves nobody signed in', async () => {
    demo.mock.clearRequests()
    const page = await visit('?code=x&state=sp1.unknown')
    await page.getByRole('alert').getByText('state_mismatch').waitFor()
    await waitForSignedOut(page)
    expect(page.url()).toBe(at())
    expect(demo.mock.requests({ endpoint: 'token' })).toEqual([])
    return { kind: 'reject', code: await shownCode(page) }
  })
})

describe.each(DRIVEN)(
  'a callback that is not ours to use, after a sign-in or of others, in %s',
  (framework) => {
    const { at, visit } = demoIn(framework, () => demo)

    it('is refused when forged and keeps the earlier session', async () => {
      const page = await visit()
      await signIn(page)
      await page.goto(at('?code=x&state=sp1.unknown'))
      const alert = page.getByRole('alert')
      await alert.getByText('You are still signed in.').waitFor()
      expect(await alert.innerText()).toContain('state_mismatch')
      await waitForName(page)
      await page.getByRole('button', { name: 'Call the API' }).click()
      await page.getByTestId('api-answer').getByText('200').waitFor()
      await page.reload()
      await waitForName(page)
    })

    caseTest('CB-22', 'keeps the session when a used callback is loaded again', async () => {
      const page = await visit()
      const callback = nextCallback(page)
      await signIn(page)
      demo.mock.clearRequests()
      await page.goto(await callback)
      await waitForName(page)
      expect(page.url()).toBe(at())
      expect(demo.mock.requests({ endpoint: 'token' })).toEqual([])
      return { kind: 'keep' }
    })

    it('is refused in a browser that did not start the sign-in', async () => {
      const page = await visit()
      const callback = nextCallback(page)
      await signIn(page)
      const stranger = await visit(new URL(await callback).search)
      await stranger.getByRole('alert').getByText('state_mismatch').waitFor()
      await waitForSignedOut(stranger)
    })

    caseTest('CB-05', "leaves another library's answer in the address bar", async () => {
      const page = await visit('?code=x&state=theirs')
      await waitForSignedOut(page)
      expect(page.url()).toBe(at('?code=x&state=theirs'))
      expect(await page.getByRole('alert').count()).toBe(0)
      return { kind: 'ignore' }
    })

    caseTest('NAV-07', 'is refused in the frame of another site, which gets no code exchanged', async () => {
      const page = await visit()
      let callback = ''
      // The answer is for this tab and was never loaded.
      await page.route('**/oauth2/authorize/confirm', async (route) => {
        callback = String((await route.fetch({ maxRedirects: 0 })).headers()['location'])
        await route.fulfill({ status: 204 })
      })
      await leaveForSpatio(page)
      await page.getByRole('button', { name: 'Allow' }).click()
      await expect.poll(() => callback).toContain('code=')
      demo.mock.clearRequests()
      await page.goto(`${demo.url.replace('localhost', '127.0.0.1')}relay.html`)
      // In a frame of another site, storage does not tell which app had left.
      await page.evaluate((src) => {
        const frame = document.createElement('iframe')
        frame.src = src
        document.body.append(frame)
      }, `${callback}&framework=${framework}`)
      await page.frameLocator('iframe').getByRole('alert').getByText('framed').waitFor()
      expect(page.frames()[1]?.url()).toBe(`${demo.url}?framework=${framework}`)
      expect(demo.mock.requests({ endpoint: 'token' })).toEqual([])
      // The same answer where it belongs: only the frame was refused.
      await page.goto(callback)
      await waitForName(page)
      return { kind: 'reject', code: 'framed' }
    })
  },
)
