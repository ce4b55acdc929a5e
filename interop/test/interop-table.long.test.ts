import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createInteropDocument, documentFile, withoutOccasion } from '../src/interop-document.js'
import { runInteropTable } from '../src/interop-table.js'

it('finds what docs/interop.md says; else run npm run interop:table and look at the difference', async () => {
  const document = await createInteropDocument(await runInteropTable(), '2026-01-01')
  expect(withoutOccasion(readFileSync(documentFile, 'utf8'))).toBe(withoutOccasion(document))
})
