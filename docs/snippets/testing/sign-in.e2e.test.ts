// @vitest-environment node
import { createMockServer } from '@spatio-labs/mock-server'
import { chromium } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'

/** Where the app is served, with VITE_SPATIO_CLIENT_ID=demo-app and VITE_SPATIO_ISSUER=http://127.0.0.1:4400 */
const APP = 'http://localhost:5173/'

it('signs in, and refuses the answer to another sign-in', async () => {
  const mock = createMockServer({ clients: [{ client_id: 'demo-app', redirect_uris: [APP] }] })
  const { close } = await mock.listen({ port: 4400 })
  onTestFinished(close)
  // Where it is not set, the one that Playwright has installed.
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '' })
  onTestFinished(() => browser.close())

  const page = await browser.newPage()
  await page.goto(APP)
  await page.getByRole('button', { name: 'Sign in with Spatio' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()

  mock.fault('id.nonce.wrong')
  await page.getByRole('button', { name: 'Sign in with Spatio' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('button', { name: 'Sign in with Spatio' }).waitFor()
  expect(mock.requests({ endpoint: 'token', grant: 'authorization_code' })).toHaveLength(2)
  mock.verify()
}, 30_000)
