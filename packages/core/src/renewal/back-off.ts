/** The first pause, the longest, and the longest that a server may ask for (ms). */
const FIRST = 1000
const LONGEST = 60_000
const LONGEST_ASKED = 300_000

/** How long to wait after the n-th failure in a row (from 1), in ms; `random` in [0, 1) spreads the tabs. */
export function backOff(failures: number, random: number): number {
  const pause = Math.min(LONGEST, FIRST * 2 ** (failures - 1))
  return Math.round(pause * (0.5 + random))
}

/** `Retry-After` in ms, bounded; 0 when absent or nonsense (RFC 9110 10.2.3: seconds or a date). */
export function parseRetryAfter(header: string | null, now: number): number {
  if (header === null) return 0
  const pause = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(pause) ? Math.min(LONGEST_ASKED, Math.max(0, pause)) : 0
}
