import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { FLAGS } from '../../scripts/browser-flags.js'
import { findBrowser } from '../../scripts/find-browser.js'
import { buildStaticDemo } from '../demo/build-static.js'
import { serveFolder } from '../demo/serve-folder.js'
import { FRAMEWORKS } from '../src/frameworks.js'
import { watch } from './kit/open-demo.js'
import { leaveForSpatio, signIn, signOut, waitForName } from './kit/person.js'

let folder: string
let site: Awaited<ReturnType<typeof serveFolder>>
let browser: Browser
const pageErrors: string[] = []
const OTHERS = FRAMEWORKS.filter((framework) => framework !== 'react')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spatio-static-'))
  // What a person builds: Vitest's own environment would choose the development code of React and of the client.
  vi.stubEnv('NODE_ENV', 'production')
  await buildStaticDemo(folder)
  vi.unstubAllEnvs()
  site = await serveFolder(folder, { port: 0, path: '/some/where/' })
  browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS })
})
afterEach(() => expect(pageErrors.splice(0)).toEqual([]))
afterAll(async () => {
  await browser.close()
  await site.close()
  await rm(folder, { recursive: true })
})

async function visit(query = '', prepare?: () => void): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  context.setDefaultTimeout(10_000)
  watch(context, pageErrors)
  const page = await context.newPage()
  if (prepare) await page.addInitScript(prepare)
  await page.goto(site.url + query)
  return page
}

describe('the demo of static files, below a path of a server that serves nothing else', () => {
  it('says why it cannot start where the browser has no service worker', async () => {
    const page = await visit('', () => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'))
    await page.getByRole('alert').getByText('No service workers here').waitFor()
  })

  it('refuses what the consent page was told to spoil, and signs in at the next try', async () => {
    const page = await visit()
    await leaveForSpatio(page)
    await page.getByLabel('What goes wrong next').selectOption('id.nonce.wrong')
    await page.getByRole('button', { name: 'Allow' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText('id_token_nonce_mismatch').waitFor()
    // Who they are and what they allowed is known by now.
    await alert.getByRole('button', { name: 'Sign in again' }).click()
    await waitForName(page)
  })

  it('signs in by the consent page, refreshes, calls the API, outlives a reload and signs out', async () => {
    const page = await visit()
    await signIn(page, 'Jonas Lindqvist')
    expect(page.url()).toBe(site.url)
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await page.locator('[data-event=refreshed]').waitFor()
    await page.getByRole('button', { name: 'Expire the token' }).click()
    await page.getByTestId('token-state').getByText('Revoked at Spatio').waitFor()
    await page.getByRole('button', { name: 'Call the API' }).click()
    await page.getByTestId('api-answer').getByText('200').waitFor()
    await page.reload()
    await waitForName(page, 'Jonas Lindqvist')
    await signOut(page)
  })

  it.each(OTHERS)('signs in, refreshes and signs out in %s', async (framework) => {
    const page = await visit(`?framework=${framework}`)
    await signIn(page)
    await page.locator(`.app[data-framework=${framework}]`).waitFor()
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await page.locator('[data-event=refreshed]').waitFor()
    await signOut(page)
  })

  it('asks for more in a popup, which comes back to the relay page', async () => {
    const page = await visit()
    await signIn(page)
    const popup = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Ask in a popup' }).click()
    await (await popup).getByRole('button', { name: 'Allow' }).click()
    await page.getByTestId('scopes').getByText('write:notes', { exact: true }).waitFor()
  })

  it('asks the server for files only', () => {
    expect(site.missed).toEqual([])
  })
})
