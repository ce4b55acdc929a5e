// Installs the dependencies with the pinned pnpm. Imports nothing that has to be installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../', import.meta.url))

const STAMP = `${ROOT}node_modules/.spatio-installed`

/**
 * Installs unless what is there was installed from the same files.
 *
 * @returns {'installed' | 'up to date' | 'failed'}
 */
export function installDependencies() {
  const wanted = hashOfInputs()
  if (isInstalled(wanted)) return 'up to date'
  console.log('Installing dependencies …')
  const args = ['--yes', pinnedPnpm(), 'install', '--frozen-lockfile']
  // npx is a .cmd on Windows, which only a shell starts.
  const shell = process.platform === 'win32'
  const { status } = spawnSync('npx', args, { cwd: ROOT, stdio: 'inherit', shell })
  if (status !== 0) return 'failed'
  writeFileSync(STAMP, wanted)
  return 'installed'
}

/** The folders of the workspace that hold a package. */
export function listPackages() {
  const names = readdirSync(`${ROOT}packages`).map((name) => `packages/${name}`)
  return [
    'bench',
    'cases',
    'docs',
    'docs/snippets',
    'interop',
    'mock-server',
    'playground',
    'storm',
    ...names,
  ].filter((name) => existsSync(`${ROOT}${name}/package.json`))
}

/** @param {string} message @returns {never} */
export function exit(message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

/** @param {string} wanted */
function isInstalled(wanted) {
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) return false
  // The stamp knows nothing of a package whose own folder was cleaned.
  return listPackages().every((name) => existsSync(`${ROOT}${name}/node_modules`))
}

/** The package manager and its version, as package.json pins it. */
export function pinnedPnpm() {
  const { packageManager } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'))
  return String(packageManager)
}

/** Of everything that decides what an install makes. */
function hashOfInputs() {
  const manifests = listPackages().map((name) => `${name}/package.json`)
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    hash.update(file).update(readFileSync(ROOT + file))
  }
  return hash.digest('hex')
}
