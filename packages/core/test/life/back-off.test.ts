import { expect, it } from 'vitest'
import type { Environment } from '../../src/environment.js'
import { SpatioAuthError } from '../../src/errors.js'
import { backOff, createBackOff } from '../../src/life/back-off.js'
import type { Renewal } from '../../src/renewal/renew-session.js'

it.each([
  [1, 0, 500],
  [1, 0.5, 1000],
  [2, 0.5, 2000],
  [3, 0.5, 4000],
  [6, 0.5, 32_000],
  [7, 0.5, 60_000],
  [7, 0, 30_000],
  [12, 0.9999, 89_994],
  [5000, 0.5, 60_000],
  [1, 0.1234, 623],
])('waits after failure %i, by the random number %d, for %i ms', (failures, random, expected) => {
  expect(backOff(failures, random)).toBe(expected)
})

const error = new SpatioAuthError('refresh_transient', { phase: 'refresh' })
const failed = (delayMs = 0): Renewal => ({ kind: 'postponed', error, delayMs, isFirm: delayMs > 0 })
const RENEWED: Renewal = { kind: 'renewed', isAdopted: false, discarded: [] }
const pauseOf = (renewal: Renewal) => (renewal.kind === 'postponed' ? renewal.delayMs : renewal.kind)

function open(random = 2 ** 31) {
  const asked: Uint32Array[] = []
  const getRandomValues = (all: Uint32Array) => (asked.push(all), all.fill(random))
  return { asked, paused: createBackOff({ crypto: { getRandomValues } } as unknown as Environment) }
}

it('waits twice as long after each failure in a row, and starts anew after a success', () => {
  const { paused } = open()
  const renewals = [failed(), failed(), failed(), RENEWED, failed()].map(paused)
  expect(renewals.map(pauseOf)).toEqual([1000, 2000, 4000, 'renewed', 1000])
})

it('leaves the pause that the authority asked for, and counts it', () => {
  const { paused } = open()
  expect([failed(7000), failed()].map(paused).map(pauseOf)).toEqual([7000, 2000])
})

it('spreads the tabs by a random number of 32 bits', () => {
  const { paused, asked } = open(2 ** 30)
  expect(pauseOf(paused(failed()))).toBe(750)
  expect(asked.map(({ length }) => length)).toEqual([1])
})
