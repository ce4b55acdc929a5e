import type { Session } from './session.js'

/** A stored lifetime beyond this is edited or nonsense: expired (ms). */
const LONGEST_LIFETIME = 400 * 86_400_000
/** How far in the future a receipt may lie before the wall clock must have been set back (ms). */
const CLOCK_JITTER = 60_000

/** What tells the age of a token: the wall clock, and the time it has been held in this page if it arrived here. */
export interface LifetimeClock {
  /** ms since the epoch */
  readonly now: number
  /** ms by the monotonic clock since the token arrived in this page; none after a reload */
  readonly heldFor?: number | null
}

/**
 * ms until the access token expires, counted from its receipt and never from a claim; null when unknown.
 * Expired if wall or monotonic says so: either clock may stand still or jump.
 */
export function remainingLifetime(session: Session, { now, heldFor }: LifetimeClock): number | null {
  if (session.expiresIn === null) return null
  const lifetime = session.expiresIn * 1000
  if (lifetime > LONGEST_LIFETIME) return 0
  const age = now - session.receivedAt
  // The clock was set back, or the record was edited: only the monotonic clock can still tell.
  const isSetBack = age < -CLOCK_JITTER
  return Math.max(0, lifetime - Math.max(age, heldFor ?? (isSetBack ? Infinity : 0)))
}
