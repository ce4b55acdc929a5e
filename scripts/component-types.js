// Types in the `.vue` and `.svelte` files of the playground and of the documentation's snippets, which tsc does not
// read: by vue-tsc and svelte-check, against the declarations that were built.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './install.js'

for (const folder of ['playground', 'docs/snippets']) {
  const cwd = join(ROOT, folder)
  const { resolve } = createRequire(join(cwd, 'package.json'))
  const svelteCheck = join(resolve('svelte-check/package.json'), '../bin/svelte-check')
  const checks = [
    [resolve('vue-tsc/bin/vue-tsc.js'), '--noEmit', '--project', 'tsconfig.vue.json'],
    [svelteCheck, '--tsconfig', './tsconfig.svelte.json', '--fail-on-warnings'],
  ]
  for (const args of checks) {
    const { status } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' })
    if (status !== 0) process.exitCode = 1
  }
}
