// Imports nothing that has to be installed.
import { spawnSync } from 'node:child_process'
import { ROOT } from './install.js'

/** What the demo is made of. */
const PROJECTS = [
  'packages/core',
  'packages/react',
  'packages/vue',
  'packages/svelte',
  'packages/devtools',
  'mock-server',
]

/** Builds what the demo needs. @returns {boolean} whether it ended well */
export function buildDemoPackages() {
  const args = [`${ROOT}node_modules/typescript-7/bin/tsc`, '--build', ...PROJECTS]
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status === 0
}
