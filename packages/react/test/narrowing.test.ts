// @vitest-environment node
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const compiler = createRequire(import.meta.url).resolve('typescript-7/package.json')

// The negatives are in the file itself: an expected error that does not come is an error.
it('components narrow the state, and know the claims of the app', { timeout: 120_000 }, async () => {
  const project = join(import.meta.dirname, 'narrowing')
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [join(compiler, '../bin/tsc'), '--noEmit', '-p', project],
      (_, stdout, stderr) => resolve(stdout + stderr),
    )
  })
  expect(output).toBe('')
})
