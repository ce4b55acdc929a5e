import { caseTest } from '@spatio-labs/cases'
import { createMockServer, type Listener } from '@spatio-labs/mock-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { startApp, type AppServer } from '../kit/app-server.js'
import { launchUnfocusedChromium } from '../kit/launch-chromium.js'
import { askForToken, createFamily, signIn, signOut, type Tab } from '../kit/tab.js'
import type { StormPage } from '../page/main.js'

const CLIENT_ID = 'storm'

let app: AppServer
let listener: Listener
let chromium: Awaited<ReturnType<typeof launchUnfocusedChromium>>
beforeAll(async () => {
  app = await startApp({
    settings: () => ({ issuer: listener.url, clientId: CLIENT_ID, storage: 'local' }),
    now: () => Date.now(),
  })
  const clients = [{ client_id: CLIENT_ID, redirect_uris: [app.url] }]
  listener = await createMockServer({ autoConsent: true, clients }).listen()
  chromium = await launchUnfocusedChromium()
})
afterAll(async () => {
  await chromium.close()
  await app.close()
  await listener.close()
})

async function openTab(name: string): Promise<Tab> {
  const page = await chromium.context.newPage()
  await page.goto(app.url)
  await page.waitForFunction(() => 'auth' in window)
  return { name, page, family: createFamily(name) }
}

/** The page keeps what the browser does with it. */
const watchLife = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen: string[] = []
    for (const type of ['freeze', 'resume']) document.addEventListener(type, () => seen.push(type))
    Object.assign(window, { seen })
  })
const lifeOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { readonly seen: string[] }).seen)

caseTest('OUT-10', 'signs a frozen tab out when it thaws after a sign-out in another', async () => {
  const here = await openTab('here')
  await signIn(here)
  const away = await openTab('away')
  await away.page.waitForFunction(
    () => (window as unknown as StormPage).auth.getSnapshot().status === 'authenticated',
  )
  await watchLife(away.page)
  const devtools = await chromium.context.newCDPSession(away.page)
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
  await signOut(here)
  expect(await lifeOf(away.page)).toEqual(['freeze'])
  await devtools.send('Page.setWebLifecycleState', { state: 'active' })
  await away.page.waitForFunction(() => (window as unknown as { seen: string[] }).seen.includes('resume'))
  expect(await askForToken(away)).toBe('not_authenticated')
  const state = await away.page.evaluate(() => (window as unknown as StormPage).auth.getSnapshot())
  expect(state).toMatchObject({ status: 'unauthenticated', user: null, reason: 'signed-out-elsewhere' })
  return { kind: 'signout', reason: 'elsewhere' }
})
