import { expect, it } from 'vitest'
import { backOff, parseRetryAfter } from '../../src/renewal/back-off.js'
import { NOW } from '../kit/protocol-page.js'

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

const inSeconds = (seconds: number) => new Date((NOW + seconds) * 1000).toUTCString()

it.each<[string | null, number | 0]>([
  [null, 0],
  ['0', 0],
  ['7', 7000],
  ['300', 300_000],
  ['301', 300_000],
  ['-7', 0],
  ['7s', 0],
  ['x7', 0],
  ['', 0],
  ['soon', 0],
  [inSeconds(30), 30_000],
  [inSeconds(-30), 0],
  [inSeconds(3600), 300_000],
])('reads Retry-After %j as %j ms', (header, expected) => {
  expect(parseRetryAfter(header, NOW * 1000)).toBe(expected)
})
