import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { toApiReports } from '../packages/api-report.js'

let folder = ''
beforeEach(() => {
  folder = `${realpathSync(mkdtempSync(join(tmpdir(), 'spatio-api-')))}/`
})
afterEach(() => rmSync(folder, { recursive: true }))

/** @param {Record<string, string>} files */
function report(files) {
  for (const [name, text] of Object.entries(files)) writeFileSync(folder + name, text)
  const entry = { name: 'ours', file: `${folder}index.d.ts`, folder }
  return toApiReports([entry]).get('ours')
}

const INDEX = "export { open } from './open.js';\n"
const OPEN = "import type { Door } from './door.js';\nexport declare function open(): Door;\n"

it('a report holds what is exported, what that names, and what is added to other modules', () => {
  const door = "declare module 'house' {\n}\nexport interface Door {\n    readonly width: number;\n}\n"
  const hidden = 'export interface Window {\n}\n'
  expect(report({ 'index.d.ts': INDEX, 'open.d.ts': OPEN, 'door.d.ts': door + hidden })).toBe(`# ours

## Exported

\`\`\`ts
export declare function open(): Door;
\`\`\`

## Not exported, but named by what is

\`\`\`ts
export interface Door {
    readonly width: number;
}
\`\`\`

## Added to other modules

\`\`\`ts
declare module 'house' {
}
\`\`\`
`)
})

it('a report changes with a type that is not exported itself', () => {
  const before = report({ 'index.d.ts': INDEX, 'open.d.ts': OPEN, 'door.d.ts': 'export type Door = 1;\n' })
  expect(report({ 'door.d.ts': 'export type Door = 2;\n' })).not.toBe(before)
})

it('a report of what was not built is refused', () => {
  expect(() => report({})).toThrow('build the packages first')
})
