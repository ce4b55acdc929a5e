// @vitest-environment node
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'

const vueTsc = createRequire(import.meta.url).resolve('vue-tsc/bin/vue-tsc.js')

/** `narrowing.vue(8,3): error message`, of every error. */
let errors: string[] = []

beforeAll(async () => {
  const project = join(import.meta.dirname, 'narrowing')
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [vueTsc, '--noEmit', '-p', project], (_, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })
  errors = output
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '))
    .map((line) => line.slice(line.lastIndexOf('/', line.indexOf('(')) + 1))
}, 120_000)

it('templates narrow the state, and know the claims of the app', () => {
  expect(errors.filter((error) => !error.startsWith('mistakes.vue'))).toEqual([])
})

it('templates that do not narrow, or name an unknown claim, are errors', () => {
  expect(errors).toEqual([
    expect.stringMatching(/^mistakes\.vue\(8,.*possibly 'null'/),
    expect.stringMatching(/^mistakes\.vue\(9,.*'rank' does not exist/),
    expect.stringMatching(/^mistakes\.vue\(10,.*no overlap/),
  ])
})
