import { existsSync, readFileSync } from 'node:fs'
import { faults } from '@spatio-labs/mock-server'
import { expect, it } from 'vitest'
import { leftOut, sections } from '../conformance/rows.js'
import { sdks } from '../conformance/sdks.js'

const rows = sections.flatMap((section) => section.rows)
const documentFile = new URL('../../docs/conformance.md', import.meta.url)

/** The cells of the rows that start with a fault's name; the totals start with a number. @returns {string[][]} */
function readCells() {
  const lines = readFileSync(documentFile, 'utf8').split('\n')
  const found = lines.map((line) => line.split('|').map((cell) => cell.trim()))
  return found
    .map((cells) => cells.slice(1, -1))
    .filter(([name = '', what = '', ...rest]) => {
      return rest.length === sdks.length && name.startsWith('`') && !/^\d+$/.test(what)
    })
}

it('docs/conformance.md has a row for every fault that a sign-in can meet, and no other; else run npm run conformance', () => {
  const named = readCells().map(([name]) => name)
  expect(named).toEqual(rows.map(({ name }) => `\`${name}\``))
})

it('docs/conformance.md finds nothing wrong with our own SDK', () => {
  const ours = readCells().map(([name, , cell]) => `${name} ${cell}`)
  const wanted = rows.map(({ name, wanted: outcome }) => [`\`${name}\` ${outcome}`, `\`${name}\` n/a`])
  expect(ours.filter((cell, index) => !wanted[index]?.includes(cell))).toEqual([])
})

it('every fault of the catalogue is a row, is left out for a reason, or may end either way', () => {
  const named = new Set(rows.map(({ name }) => name))
  const unaccounted = faults.filter(
    ({ name, expect: outcome }) =>
      !named.has(name) && outcome !== 'either' && !leftOut.some(([pattern]) => pattern.test(name)),
  )
  expect(unaccounted).toEqual([])
  expect(rows.filter(({ name }) => leftOut.some(([pattern]) => pattern.test(name)))).toEqual([])
  expect(leftOut.filter(([pattern]) => !faults.some(({ name }) => pattern.test(name)))).toEqual([])
})

it('has at least twelve controls at an authority that does nothing wrong, and a page for every SDK', () => {
  expect(rows.filter(({ fault }) => fault === undefined).length).toBeGreaterThanOrEqual(12)
  const pages = sdks.map(({ id }) => new URL(`../sdk-pages/${id}.ts`, import.meta.url))
  expect(pages.filter((page) => !existsSync(page))).toEqual([])
})
