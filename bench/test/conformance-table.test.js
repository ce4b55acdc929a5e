import { existsSync } from 'node:fs'
import { faults } from '@spatio-labs/mock-server'
import { expect, it } from 'vitest'
import { leftOut, sections } from '../conformance/rows.js'
import { sdks } from '../conformance/sdks.js'

const rows = sections.flatMap((section) => section.rows)

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
  const pages = sdks.map(({ id }) => new URL(`../conformance/pages/${id}.ts`, import.meta.url))
  expect(pages.filter((page) => !existsSync(page))).toEqual([])
})
