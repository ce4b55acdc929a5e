// Finds a Chromium for the browser tests, or installs one.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What the search needs of the machine, as values.
 *
 * @typedef {object} Machine
 * @property {string} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isRoot
 * @property {(path: string) => boolean} exists
 * @property {(path: string) => boolean} starts Whether the program tells its version: a stub or one without its libraries does not.
 * @property {(command: string, args: string[], timeoutSeconds: number) => boolean} run True when it ended well.
 * @property {() => Promise<string>} playwrightPath Where Playwright keeps, or would keep, its own Chromium.
 */

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
]
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const WINDOWS_PROGRAMS = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
/** Seconds each way may take before the next is tried; all of them fit in a CI run of ten minutes. */
const TIME_LIMIT = { download: 120, aptUpdate: 60, aptInstall: 150 }

/** @returns {Machine} */
function thisMachine() {
  return {
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
    starts: (path) => {
      // On Windows --version would open a window.
      if (process.platform === 'win32') return true
      return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
    },
    run: (command, args, seconds) => {
      return spawnSync(command, args, { stdio: 'inherit', timeout: seconds * 1000 }).status === 0
    },
    playwrightPath: async () => (await import('playwright-core')).chromium.executablePath(),
  }
}

/**
 * The path of a browser: the one named, an installed one, Playwright's own, else one that is installed now.
 *
 * @param {Machine} [machine]
 * @returns {Promise<string>}
 * @throws {Error} that says what to install
 */
export async function findBrowser(machine = thisMachine()) {
  const named = machine.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') {
    if (machine.exists(named)) return named
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`)
  }
  return findInstalled(machine) ?? (await findPlaywrights(machine)) ?? (await installOne(machine))
}

/** What changes when the browser is another. @param {string} path */
export function readBrowserVersion(path) {
  // On Windows --version would open a window.
  if (process.platform === 'win32') return String(statSync(path).mtimeMs)
  return spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 }).stdout
}

/** @param {Machine} machine */
function findInstalled(machine) {
  return candidates(machine).find((path) => machine.exists(path) && machine.starts(path))
}

/** @param {Machine} machine @returns {string[]} */
function candidates({ platform, env }) {
  if (platform === 'darwin') return MAC_APPS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
      (root) => root !== undefined,
    )
    return roots.flatMap((root) => WINDOWS_PROGRAMS.map((program) => `${root}/${program}`))
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** @param {Machine} machine */
async function findPlaywrights(machine) {
  const path = await machine.playwrightPath()
  return machine.exists(path) && machine.starts(path) ? path : undefined
}

/** @param {Machine} machine */
async function installOne(machine) {
  console.log('No Chrome, Chromium or Edge found: installing one for the browser tests …')
  const cli = fileURLToPath(new URL('../node_modules/playwright-core/cli.js', import.meta.url))
  machine.run(process.execPath, [cli, 'install', 'chromium'], TIME_LIMIT.download)
  const downloaded = await findPlaywrights(machine)
  if (downloaded !== undefined) return downloaded
  if (machine.platform === 'linux' && machine.isRoot) {
    machine.run('apt-get', ['update'], TIME_LIMIT.aptUpdate)
    const args = ['install', '--yes', '--no-install-recommends', 'chromium']
    machine.run('apt-get', args, TIME_LIMIT.aptInstall)
    const installed = findInstalled(machine)
    if (installed !== undefined) return installed
  }
  throw new Error(
    'The browser tests need Chrome, Chromium or Edge, and none could be installed. Install one, or name it in ' +
      'CHROMIUM_PATH, or leave these tests out: npm test -- --no-browser',
  )
}
