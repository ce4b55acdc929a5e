import { createMockServer, type Listener, type MockServer } from '@spatio-labs/mock-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startApp, type AppServer } from './app-server.js'
import { launchChromium } from './launch-chromium.js'
import { createFamily, reportTab, type Family, type Tab, type TabReport } from './tab.js'

/** Seconds an access token lives, and after which a visible tab refreshes: a third of the lifetime before. */
export const LIFETIME = 120
export const DUE_AFTER = 80

const CLIENT_ID = 'storm'

/** A browser with tabs, an authority and an app server that live by one simulated clock. */
export interface World {
  readonly storage: 'local' | 'session'
  readonly mock: MockServer
  readonly app: AppServer
  readonly tabs: Tab[]
  /** Tabs that were closed with something under way: what they had sent is answered to nobody. */
  readonly counts: { closedBusy: number }
  /** ms since the epoch, simulated. */
  readonly now: () => number
  /** Everybody's clock jumps: a sleep, or the passing of time. */
  readonly pass: (seconds: number) => Promise<void>
  readonly setOffline: (isOffline: boolean) => Promise<void>
  /** A tab of its own; with `local` it shares the session of all. */
  readonly openTab: () => Promise<Tab>
  /** As `window.open` or "duplicate" does: with a copy of sessionStorage. */
  readonly copyTab: (original: Tab) => Promise<Tab>
  readonly closeTab: (tab: Tab) => Promise<void>
  /** Waits until no tab has anything under way. */
  readonly settle: () => Promise<Map<Tab, TabReport>>
  readonly close: () => Promise<void>
}

export async function openWorld(storage: 'local' | 'session', seed: number): Promise<World> {
  const { mock, app, listener } = await startServers(storage, seed)
  const browser = await launchChromium()
  const context = await browser.newContext()
  await context.clock.install()
  const gate = await openGate(context)
  const tabs: Tab[] = []
  const shared = createFamily('all tabs')
  const counts = { closedBusy: 0 }
  let count = 0
  const add = async (page: Page, family?: Family): Promise<Tab> => {
    count += 1
    const name = `tab ${count}`
    const tab = { name, page, family: storage === 'local' ? shared : (family ?? createFamily(name)) }
    await page.waitForFunction(() => 'auth' in window)
    tabs.push(tab)
    return tab
  }
  return {
    storage,
    mock,
    app,
    tabs,
    counts,
    now: () => mock.clock.now(),
    pass: async (seconds) => {
      const open = gate.shut()
      mock.clock.advance(seconds * 1000)
      await context.clock.fastForward(seconds * 1000)
      open()
    },
    setOffline: (isOffline) => context.setOffline(isOffline),
    openTab: async () => {
      const page = await context.newPage()
      await page.goto(app.url)
      return add(page)
    },
    copyTab: (original) => copyTab(context, original, app.url, add),
    closeTab: async (tab) => {
      tabs.splice(tabs.indexOf(tab), 1)
      tab.family.hasLostTab = true
      if ((await reportTab(tab)).isBusy) counts.closedBusy += 1
      await tab.page.close()
    },
    settle: () => settle(tabs),
    close: () => closeAll(browser, app, listener),
  }
}

/**
 * Clocks jump page by page, those of real tabs all at once: no token may arrive in a page whose clock is behind
 * that of the page which asked for it.
 */
async function openGate(context: BrowserContext): Promise<{ shut: () => () => void }> {
  let isOpen = Promise.resolve()
  await context.route('**/oauth2/token', async (route) => {
    await isOpen
    // The tab may have been closed, or its request aborted, while it waited.
    await route.continue().catch(() => undefined)
  })
  return {
    shut: () => {
      let open: () => void = () => undefined
      isOpen = new Promise((resolve) => (open = resolve))
      return open
    },
  }
}

async function startServers(
  storage: 'local' | 'session',
  seed: number,
): Promise<{ mock: MockServer; app: AppServer; listener: Listener }> {
  const now = (): number => mock.clock.now()
  const settings = (): object => ({ issuer: mock.issuer, clientId: CLIENT_ID, storage })
  const app = await startApp({ settings, now })
  const mock = createMockServer({
    autoConsent: true,
    accessTokenLifetime: LIFETIME,
    clients: [{ client_id: CLIENT_ID, client_name: `Storm ${seed}`, redirect_uris: [app.url] }],
  })
  const listener = await mock.listen({ port: 0 })
  return { mock, app, listener }
}

async function copyTab(
  context: BrowserContext,
  original: Tab,
  url: string,
  add: (page: Page, family: Family) => Promise<Tab>,
): Promise<Tab> {
  const opened = context.waitForEvent('page')
  await original.page.evaluate((href) => void window.open(href), url)
  return add(await opened, original.family)
}

/** Quiet, three looks in a row: one refresh may be what lets another tab's go on. */
async function settle(tabs: readonly Tab[]): Promise<Map<Tab, TabReport>> {
  const giveUpAt = Date.now() + 15_000
  let quiet = 0
  for (;;) {
    const reports = await Promise.all(tabs.map(reportTab))
    quiet = reports.some(({ isBusy }) => isBusy) ? 0 : quiet + 1
    if (quiet === 3) return new Map(tabs.map((tab, index) => [tab, reports[index] as TabReport]))
    if (Date.now() > giveUpAt) throw new Error(`Tabs do not come to rest: ${JSON.stringify(reports)}`)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}

async function closeAll(browser: Browser, app: AppServer, listener: Listener): Promise<void> {
  await browser.close()
  await app.close()
  await listener.close()
}
