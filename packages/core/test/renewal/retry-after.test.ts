import { expect, it } from 'vitest'
import { parseRetryAfter } from '../../src/renewal/retry-after.js'
import { NOW } from '../kit/protocol-page.js'

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
