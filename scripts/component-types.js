// Types in the playground's single-file components, which tsc does not read: by vue-tsc and svelte-check.
import { spawnSync } from 'node:child_process'
import { ROOT } from './install.js'

const PLAYGROUND = `${ROOT}playground`

const CHECKS = [
  ['vue-tsc/bin/vue-tsc.js', '--noEmit', '--project', 'tsconfig.vue.json'],
  ['svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.svelte.json', '--fail-on-warnings'],
]

for (const [tool, ...args] of CHECKS) {
  const options = /** @type {const} */ ({ cwd: PLAYGROUND, stdio: 'inherit' })
  const { status } = spawnSync(process.execPath, [`${PLAYGROUND}/node_modules/${tool}`, ...args], options)
  if (status !== 0) process.exitCode = 1
}
