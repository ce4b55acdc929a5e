import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { listFiles } from './support/list-files.js'

const folder = fileURLToPath(new URL('../../docs/snippets/', import.meta.url))
const { resolve } = createRequire(join(folder, 'package.json'))

/** What a checker prints, its errors too. @param {string[]} args @returns {Promise<string>} */
function run(args) {
  return new Promise((settle) => {
    execFile(process.execPath, args, { cwd: folder }, (_, stdout, stderr) => settle(stdout + stderr))
  })
}

// The compilers of both frameworks; `tsc --build` reads neither kind of file.
it('the Vue components on the pages compile', { timeout: 120_000 }, async () => {
  const args = [resolve('vue-tsc/bin/vue-tsc.js'), '--noEmit', '--listFiles', '-p', 'tsconfig.vue.json']
  const lines = (await run(args)).trim().split('\n')
  const components = listFiles('docs/snippets', /\.vue$/)
  expect(components.length).toBeGreaterThan(1)
  for (const path of components) expect(lines.some((line) => line.endsWith(path))).toBe(true)
  expect(lines.filter((line) => line.includes('error TS'))).toEqual([])
})

it('the Svelte components on the pages compile', { timeout: 120_000 }, async () => {
  const svelteCheck = join(resolve('svelte-check/package.json'), '../bin/svelte-check')
  const output = await run([svelteCheck, '--tsconfig', 'tsconfig.svelte.json', '--output', 'machine'])
  expect(output.split('\n').filter((line) => / (ERROR|WARNING) "/.test(line))).toEqual([])
  expect(output).toContain('COMPLETED')
})
