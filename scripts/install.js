// Installs the dependencies with the pinned pnpm. Imports nothing that has to be installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../', import.meta.url))

const STAMP = 'node_modules/.spatio-installed'
const NEEDED_NODE = [20, 19]

/** Says why this Node cannot run the project, or nothing. @param {string} version such as `20.19.0` */
export function findNodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = NEEDED_NODE
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined
  return `Node ${NEEDED_NODE.join('.')} or newer is needed; this is ${version}. Install it from nodejs.org.`
}

/** Installs unless what is there was installed from the same files. Ends the process with a message when it fails. */
export function ensureInstalled() {
  const problem = findNodeProblem(process.versions.node)
  if (problem !== undefined) exit(problem)
  const wanted = hashOfInputs()
  if (existsSync(ROOT + STAMP) && readFileSync(ROOT + STAMP, 'utf8') === wanted) return
  console.log('Installing dependencies …')
  const args = ['--yes', pinnedPnpm(), 'install', '--frozen-lockfile']
  // npx is a .cmd on Windows, which only a shell starts.
  const { status } = spawnSync('npx', args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) exit('The dependencies could not be installed; see the lines above.')
  mkdirSync(`${ROOT}node_modules`, { recursive: true })
  writeFileSync(ROOT + STAMP, wanted)
}

/** Runs a tool of the workspace. @param {string} file its script below node_modules @param {string[]} args */
export function runTool(file, args) {
  return (
    spawnSync(process.execPath, [`${ROOT}node_modules/${file}`, ...args], { cwd: ROOT, stdio: 'inherit' })
      .status ?? 1
  )
}

/** @param {string} message @returns {never} */
export function exit(message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

/** The package manager and its version, as package.json pins it. */
function pinnedPnpm() {
  const { packageManager } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'))
  return String(packageManager)
}

/** Of everything that decides what an install makes. */
function hashOfInputs() {
  const packages = [
    'cases',
    'mock-server',
    'playground',
    ...readdirSync(`${ROOT}packages`).map((name) => `packages/${name}`),
  ]
  const manifests = packages.map((name) => `${name}/package.json`).filter((file) => existsSync(ROOT + file))
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(ROOT + file))
  return hash.digest('hex')
}
