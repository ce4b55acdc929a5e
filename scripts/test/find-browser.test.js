import { expect, it } from 'vitest'
import { findBrowser } from '../find-browser.js'

const PLAYWRIGHTS = '/cache/playwright/chrome'

/**
 * A machine on which the given files exist; `installs` says what a command brings.
 *
 * @param {Partial<import('../find-browser.js').Machine> & { files?: string[], installs?: Record<string, string> }} [machine]
 */
function machine({ files = [], installs = {}, ...rest } = {}) {
  const present = new Set(files)
  /** @type {string[]} */
  const ran = []
  return {
    ran,
    platform: 'linux',
    env: { PATH: '/opt/bin' },
    isRoot: true,
    exists: (/** @type {string} */ path) => present.has(path),
    starts: () => true,
    run: (/** @type {string} */ command, /** @type {string[]} */ args) => {
      const line = [command.split('/').at(-1), ...args.slice(-2)].join(' ')
      ran.push(line)
      const brought = Object.entries(installs).find(([key]) => line.includes(key))?.[1]
      if (brought !== undefined) present.add(brought)
      return brought !== undefined
    },
    playwrightPath: async () => PLAYWRIGHTS,
    ...rest,
  }
}

it('takes the browser that CHROMIUM_PATH names before all others', async () => {
  const here = machine({
    env: { CHROMIUM_PATH: '/mine', PATH: '/opt/bin' },
    files: ['/mine', '/opt/bin/chromium'],
  })
  await expect(findBrowser(here)).resolves.toBe('/mine')
})

it('says so when CHROMIUM_PATH names nothing, instead of taking another', async () => {
  const here = machine({ env: { CHROMIUM_PATH: '/gone', PATH: '/opt/bin' }, files: ['/opt/bin/chromium'] })
  await expect(findBrowser(here)).rejects.toThrow('CHROMIUM_PATH names /gone')
})

it.each([
  ['linux', '/opt/bin/microsoft-edge'],
  ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  ['win32', 'C:/Programs/Microsoft/Edge/Application/msedge.exe'],
])('finds an installed browser on %s', async (platform, path) => {
  const here = machine({
    platform,
    env: { PATH: '/opt/bin', PROGRAMFILES: 'C:/Programs' },
    files: [path, PLAYWRIGHTS],
  })
  await expect(findBrowser(here)).resolves.toBe(path)
})

it("takes Playwright's own when nothing is installed", async () => {
  const here = machine({ files: [PLAYWRIGHTS] })
  await expect(findBrowser(here)).resolves.toBe(PLAYWRIGHTS)
  expect(here.ran).toEqual([])
})

it('downloads one when there is none', async () => {
  const here = machine({ installs: { 'install chromium': PLAYWRIGHTS } })
  await expect(findBrowser(here)).resolves.toBe(PLAYWRIGHTS)
})

it("installs Debian's as root when the download cannot be reached", async () => {
  const here = machine({ installs: { 'apt-get --no-install-recommends chromium': '/opt/bin/chromium' } })
  await expect(findBrowser(here)).resolves.toBe('/opt/bin/chromium')
})

it('passes over a browser that does not start', async () => {
  const here = machine({
    files: ['/opt/bin/chromium-browser', PLAYWRIGHTS],
    starts: (path) => path === PLAYWRIGHTS,
  })
  await expect(findBrowser(here)).resolves.toBe(PLAYWRIGHTS)
})

it('says what to install when nothing helps', async () => {
  const here = machine({ isRoot: false })
  await expect(findBrowser(here)).rejects.toThrow('npm test -- --no-browser')
  expect(here.ran.some((line) => line.startsWith('apt-get'))).toBe(false)
})
