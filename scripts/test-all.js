// npm run test:all: what npm test does, with every run of what it shortens, and then what takes too long for it.
import { spawnSync } from 'node:child_process'
import { ROOT } from './install.js'

const PROJECTS = ['long', 'storm', 'docs-site']
const VITEST = ['node_modules/vitest/vitest.mjs', 'run']
const LONG = [...VITEST, ...PROJECTS.flatMap((project) => ['--project', project])]
/** What `npm test` drives through React's app alone. */
const DEMO = ['sign-in', 'sign-out', 'callback', 'access-token', 'popup'].map(
  (name) => `playground/test/${name}.browser.test.ts`,
)
const EVERY_FRAMEWORK = [...VITEST, '--project', 'browser', ...DEMO]

/** @param {string[]} args @param {NodeJS.ProcessEnv} [more] @returns {boolean} whether it ended well */
function run(args, more = {}) {
  const env = { ...process.env, CALLBACK_RUNS: '20', EVERY_ENDPOINT: '1', ...more }
  return spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' }).status === 0
}

const isFine =
  run(['scripts/test.js', ...process.argv.slice(2)]) &&
  run(EVERY_FRAMEWORK, { ALL_FRAMEWORKS: '1' }) &&
  run(LONG) &&
  run(['scripts/package-checks.js']) &&
  run(['scripts/examples.js'])
process.exitCode = isFine ? 0 : 1
