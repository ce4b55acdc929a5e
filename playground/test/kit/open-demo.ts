import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { findBrowser } from '../../../scripts/find-browser.js'
import { startDemo, type Demo, type DemoOptions } from '../../demo/start.js'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The running demo with a browser beside it. */
export interface OpenDemo extends Demo {
  readonly browser: Browser
  /** A person with an empty browser profile, on the page. */
  readonly visit: (path?: string) => Promise<Page>
  /** What went wrong in any page: exceptions and what React complains about. */
  readonly pageErrors: string[]
}

interface OpenDemoOptions extends DemoOptions {
  /** Keep pages for Back as browsers do; Playwright switches that off. @default false */
  readonly hasPageCache?: boolean
}

export async function openDemo({
  hasPageCache = false,
  ...options
}: OpenDemoOptions = {}): Promise<OpenDemo> {
  const demo = await startDemo({ port: 0, mockPort: 0, ...options })
  const executablePath = await findBrowser()
  const ignoreDefaultArgs = hasPageCache ? ['--disable-back-forward-cache'] : []
  const launch = { executablePath, args: FLAGS, ignoreDefaultArgs }
  const browser = await chromium.launch(launch).catch(async (error: unknown) => {
    await demo.close()
    throw error
  })
  const pageErrors: string[] = []
  const visit = async (path = ''): Promise<Page> => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    context.setDefaultTimeout(10_000)
    watch(context, pageErrors)
    const page = await context.newPage()
    await page.goto(demo.url + path)
    return page
  }
  const close = async (): Promise<void> => {
    await browser.close()
    await demo.close()
    // Whatever a test was about: no page has told a secret or broken a rule on its way.
    const wrong = demo.mock.findings().filter(({ level }) => level === 'error')
    if (wrong.length > 0) throw new Error(wrong.map(({ rule, detail }) => `${rule}: ${detail}`).join('\n'))
  }
  return { ...demo, browser, visit, pageErrors, close }
}

function watch(context: BrowserContext, pageErrors: string[]): void {
  context.on('weberror', (error) => pageErrors.push(error.error().message))
  context.on('console', (message) => {
    // A refused request is the subject of several tests; the browser logs each.
    const isRequest = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRequest) pageErrors.push(message.text())
  })
}
