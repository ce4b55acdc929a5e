import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ERROR_FACTS } from '../../packages/core/src/error-facts.js'
import { SENTENCES } from '../../packages/core/src/messages.development.js'
import { renderErrorPage } from '../error-pages.js'

const source = { sentences: SENTENCES, facts: ERROR_FACTS }
const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const union = read('packages/core/src/error-code.ts').matchAll(/^ {2}\| '([a-z_]+)'/gm)
const codes = [...union].map(([, code = '']) => code)

it('says of every code what happened and what to do', () => {
  expect(Object.keys(SENTENCES).sort()).toEqual([...codes].sort())
  expect(Object.keys(ERROR_FACTS).sort()).toEqual([...codes].sort())
  for (const sentence of Object.values(SENTENCES)) expect(sentence).toMatch(/^[A-Z`a-z].*\.$/s)
})

it('has a section for every code, as the command writes it', async () => {
  const page = read('docs/errors.md')
  for (const code of codes) expect(page).toContain(`\n## ${code}\n`)
  // When this fails: npm run error-pages
  expect(page).toBe(await renderErrorPage(source))
})
