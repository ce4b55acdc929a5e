import { chromium, type Browser } from 'playwright-core'
import { findBrowser } from '../../scripts/find-browser.js'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-popup-blocking',
]

/** A Chromium that asks nobody but the pages under test for anything. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: FLAGS })
}
