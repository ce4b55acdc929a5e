// npm run test:all: what npm test does, with every run of what it shortens, and then what takes too long for it.
import { spawnSync } from 'node:child_process'
import { ROOT } from './install.js'

const PROJECTS = ['long', 'storm', 'docs-site']
const VITEST = [
  'node_modules/vitest/vitest.mjs',
  'run',
  ...PROJECTS.flatMap((project) => ['--project', project]),
]

/** @param {string[]} args @returns {boolean} whether it ended well */
function run(args) {
  const env = { ...process.env, CALLBACK_RUNS: '20' }
  return spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' }).status === 0
}

const isFine =
  run(['scripts/test.js', ...process.argv.slice(2)]) &&
  run(VITEST) &&
  run(['scripts/package-checks.js']) &&
  run(['scripts/examples.js'])
process.exitCode = isFine ? 0 : 1
