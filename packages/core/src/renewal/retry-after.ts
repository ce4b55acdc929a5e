/** The longest pause that a server may ask for (ms). */
const LONGEST_ASKED = 300_000

/** `Retry-After` in ms, bounded; 0 when absent or nonsense (RFC 9110 10.2.3: seconds or a date). */
export function parseRetryAfter(header: string | null, now: number): number {
  if (header === null) return 0
  const pause = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(pause) ? Math.min(LONGEST_ASKED, Math.max(0, pause)) : 0
}
