import { chromium, type Browser } from 'playwright-core'
import { findBrowser } from '../../../scripts/find-browser.js'

/** A Chromium that talks to nobody but the page's servers. */
export async function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
  return chromium.launch({ executablePath: await findBrowser(), args })
}
