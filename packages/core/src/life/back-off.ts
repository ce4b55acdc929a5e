import type { Environment } from '../environment.js'
import type { Renewal } from '../renewal/renew-session.js'

/** The first pause, and the longest (ms). */
const FIRST = 1000
const LONGEST = 60_000

/** Gives a failed attempt its pause, longer with each failure in a row, where the authority has named none. */
export function createBackOff({ crypto }: Environment): (renewal: Renewal) => Renewal {
  let failures = 0
  return (renewal) => {
    failures = renewal.kind === 'postponed' ? failures + 1 : 0
    if (renewal.kind !== 'postponed' || renewal.delayMs > 0) return renewal
    const [random = 0] = crypto.getRandomValues(new Uint32Array(1))
    return { ...renewal, delayMs: backOff(failures, random / 2 ** 32) }
  }
}

/** How long to wait after the n-th failure in a row (from 1), in ms; `random` in [0, 1) spreads the tabs. */
export function backOff(failures: number, random: number): number {
  const pause = Math.min(LONGEST, FIRST * 2 ** (failures - 1))
  return Math.round(pause * (0.5 + random))
}
