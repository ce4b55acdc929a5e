import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { FLAGS } from '../../../scripts/browser-flags.js'
import { findBrowser } from '../../../scripts/find-browser.js'
import { startDemo, type Demo, type DemoOptions } from '../../demo/start.js'
import { servePageFrom } from './built-page.js'

/** The running demo with a browser beside it. */
export interface OpenDemo extends Demo {
  readonly browser: Browser
  /** A person with an empty browser profile, on the page. */
  readonly visit: (path?: string) => Promise<Page>
  /** Closes the pages of all visits: an open one goes on refreshing, and the next test would count that. */
  readonly endVisits: () => Promise<void>
  /** What went wrong in any page: exceptions and what React complains about. */
  readonly pageErrors: string[]
}

interface OpenDemoOptions extends DemoOptions {
  /** Keep pages for Back as browsers do; Playwright switches that off. @default false */
  readonly hasPageCache?: boolean
  /** Let only a click open a window, as browsers do; Playwright switches that off. @default false */
  readonly hasPopupBlocker?: boolean
}

export async function openDemo({
  hasPageCache = false,
  hasPopupBlocker = false,
  ...options
}: OpenDemoOptions = {}): Promise<OpenDemo> {
  const demo = await startDemo({ port: 0, mockPort: 0, ...options }, servePageFrom(inject('builtPage')))
  const executablePath = await findBrowser()
  const ignoreDefaultArgs = [
    ...(hasPageCache ? ['--disable-back-forward-cache'] : []),
    ...(hasPopupBlocker ? ['--disable-popup-blocking'] : []),
  ]
  const launch = { executablePath, args: FLAGS, ignoreDefaultArgs }
  const browser = await chromium.launch(launch).catch(async (error: unknown) => {
    await demo.close()
    throw error
  })
  const pageErrors: string[] = []
  const visits: BrowserContext[] = []
  const visit = async (path = ''): Promise<Page> => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    context.setDefaultTimeout(10_000)
    watch(context, pageErrors)
    visits.push(context)
    const page = await context.newPage()
    await page.goto(demo.url + path)
    return page
  }
  const endVisits = async (): Promise<void> => {
    await Promise.all(visits.splice(0).map((context) => context.close()))
  }
  const close = async (): Promise<void> => {
    await browser.close()
    await demo.close()
    // Whatever a test was about: no page has told a secret or broken a rule on its way.
    const wrong = demo.mock.findings().filter(({ level }) => level === 'error')
    if (wrong.length > 0) throw new Error(wrong.map(({ rule, detail }) => `${rule}: ${detail}`).join('\n'))
  }
  return { ...demo, browser, visit, endVisits, pageErrors, close }
}

/** A browser whose user chose whether sites may see their cookies inside other sites. @returns its context and what closes it */
export async function openProfile(
  thirdPartyCookies: 'allowed' | 'blocked',
): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'spatio-demo-'))
  // As chrome://settings/cookies keeps it: 0 allows, 1 blocks.
  const preferences = { profile: { cookie_controls_mode: thirdPartyCookies === 'blocked' ? 1 : 0 } }
  await mkdir(join(folder, 'Default'))
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences))
  const launch = { executablePath: await findBrowser(), args: FLAGS }
  const context = await chromium.launchPersistentContext(folder, launch)
  context.setDefaultTimeout(10_000)
  return {
    context,
    close: async () => {
      await context.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Collects what goes wrong in a person's pages. */
export function watch(context: BrowserContext, pageErrors: string[]): void {
  context.on('weberror', (error) => pageErrors.push(error.error().message))
  context.on('console', (message) => {
    // A refused request is the subject of several tests; the browser logs each.
    const isRequest = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRequest) pageErrors.push(message.text())
  })
}
