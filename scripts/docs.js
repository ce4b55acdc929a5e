// npm run docs, npm run docs:build: installs, builds the packages, then serves or builds the documentation.
import './check-node.js'
import { spawnSync } from 'node:child_process'
import { exit, installDependencies, ROOT } from './install.js'

/** @param {string[]} args of Node */
function run(args) {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

if (installDependencies() === 'failed') exit('The dependencies could not be installed; see the lines above.')
run([`${ROOT}node_modules/typescript-7/bin/tsc`, '--build'])
run([`${ROOT}docs/site.js`, ...process.argv.slice(2)])
