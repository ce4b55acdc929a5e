import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { FLAGS, QUIET } from '../../scripts/browser-flags.js'
import { findBrowser } from '../../scripts/find-browser.js'

const POPUPS = '--disable-popup-blocking'

/**
 * A Chromium that asks nobody but the pages under test for anything.
 *
 * @param {readonly string[]} [flags] more of them
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchChromium(flags = []) {
  return chromium.launch({ executablePath: await findBrowser(), args: [...FLAGS, POPUPS, ...flags] })
}

/**
 * The same without Playwright's emulation of focus, under which every tab counts as visible: a visible tab is never
 * frozen. It has one profile.
 *
 * @returns {Promise<{ context: import('playwright-core').BrowserContext, close: () => Promise<void> }>}
 */
export async function launchUnfocusedChromium() {
  const profile = await mkdtemp(join(tmpdir(), 'spatio-storm-'))
  const own = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank']
  const child = spawn(await findBrowser(), [...QUIET, POPUPS, ...own], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const browser = await chromium.connectOverCDP(await readEndpoint(child.stderr), { noDefaults: true })
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('Chromium has no profile')
  return {
    context,
    close: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Where Chromium says it listens. @param {import('node:stream').Readable} stderr @returns {Promise<string>} */
async function readEndpoint(stderr) {
  let text = ''
  for await (const chunk of stderr.iterator({ destroyOnReturn: false })) {
    text += chunk
    const endpoint = /DevTools listening on (ws:\S+)/.exec(text)?.[1]
    if (endpoint !== undefined) {
      stderr.resume()
      return endpoint
    }
  }
  throw new Error(`Chromium did not start: ${text}`)
}
