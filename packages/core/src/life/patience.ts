import type { Environment } from '../environment.js'
import type { Renewal } from '../renewal/renew-session.js'

/** The shortest pause while a key is not published: before that the set is not fetched again (ms). */
const PAUSE = 30_000
/** How long a key may be missing, as where an edge serves the old set; then the check has failed (ms). */
const LONGEST = 600_000

/** Keeps a session while the key for its answers is not published, but not for good. */
export function createPatience({ monotonic }: Environment): (renewal: Renewal) => Renewal {
  let since: number | null = null
  return (renewal) => {
    if (renewal.kind !== 'postponed') since = null
    if (renewal.kind !== 'postponed' || renewal.ifItLasts === undefined) return renewal
    since ??= monotonic()
    if (monotonic() - since >= LONGEST) return renewal.ifItLasts
    return { ...renewal, delayMs: Math.max(PAUSE, renewal.delayMs) }
  }
}
