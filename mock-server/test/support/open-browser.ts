import { chromium, type Browser } from 'playwright-core'
import { FLAGS } from '../../../scripts/browser-flags.js'
import { findBrowser } from '../../../scripts/find-browser.js'

/** A Chromium that talks to nobody but the page's servers. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: FLAGS })
}
