import { expect, it } from 'vitest'
import { refreshLead } from '../../src/session/refresh-lead.js'
import { remainingLifetime } from '../../src/session/session-lifetime.js'
import type { Session } from '../../src/session/session.js'

const RECEIVED = 1_790_000_000_000
const session = (expiresIn: number | null): Session => ({ receivedAt: RECEIVED, expiresIn }) as Session
const LONGEST = 400 * 86_400

it.each<[string, number | null, number, number | null, number | null]>([
  ['is unknown when nobody said', null, 0, 0, null],
  ['is whole at the receipt', 60, 0, null, 60_000],
  ['counts by the wall clock after a reload', 60, 20_000, null, 40_000],
  ['counts by the wall clock when that is further', 60, 20_000, 5000, 40_000],
  ['counts by the monotonic clock when that is further', 60, 5000, 20_000, 40_000],
  ['is never less than nothing', 60, 61_000, null, 0],
  ['is never less than nothing by the monotonic clock', 60, 0, 61_000, 0],
  ['lets the wall clock be set back by a minute, and is no longer for it', 60, -60_000, null, 60_000],
  ['believes the monotonic clock alone when it was set back further', 60, -60_001, 20_000, 40_000],
  ['is over when it was set back further and nothing else can tell', 60, -60_001, null, 0],
  ['is never less than nothing when it was set back', 60, -60_001, 61_000, 0],
  ['may be 400 days', LONGEST, 0, null, LONGEST * 1000],
  ['is over when it is longer, for somebody edited it', LONGEST + 1, 0, null, 0],
])('the lifetime %s', (_name, expiresIn, passed, heldFor, expected) => {
  expect(remainingLifetime(session(expiresIn), { now: RECEIVED + passed, heldFor })).toBe(expected)
})

it.each<[number | null, number, number]>([
  [3600, 60, 60_000],
  [180, 60, 60_000],
  [90, 60, 30_000],
  [null, 60, 0],
])(
  'a token of %j seconds is renewed %i seconds before, or by a third: %i ms',
  (expiresIn, before, expected) => {
    expect(refreshLead(session(expiresIn), before)).toBe(expected)
  },
)
