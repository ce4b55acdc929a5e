import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { clientLibraries } from '../src/client-libraries.js'
import { tryFault } from '../src/fault-trial.js'
import { documentFile } from '../src/interop-document.js'
import { runInteropTable, toMarkdown } from '../src/interop-table.js'
import { callbackFaults, idTokenFaults, positiveControls } from '../src/table-faults.js'

/** Two rows of each part; `npm run test:all` runs them all. */
const sample = new Set(
  [idTokenFaults, callbackFaults, positiveControls].flatMap((rows) => [rows[1], rows.at(-1)]),
)

it.each(clientLibraries)('$name signs in when nothing is wrong', async (library) => {
  expect(await tryFault(library, undefined)).toBe('accepts')
})

it('finds in a sample what docs/interop.md says; else run npm run interop:table', async () => {
  const sections = await runInteropTable((fault) => sample.has(fault))
  const checkedIn = toCells(readFileSync(documentFile, 'utf8'))
  const found = toCells(sections.map(toMarkdown).join('\n'))
  expect(found).toHaveLength(sample.size)
  expect(checkedIn).toEqual(expect.arrayContaining(found))
})

it('docs/interop.md has a row for every fault of the table, and no other', () => {
  const named = toCells(readFileSync(documentFile, 'utf8')).map(([name]) => name)
  const rows = [...idTokenFaults, ...callbackFaults, ...positiveControls]
  expect(named).toEqual(rows.map(({ name }) => `\`${name}\``))
})

/** The rows of the tables, however wide their columns are. */
function toCells(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}
