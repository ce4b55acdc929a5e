import type { Session } from './session.js'

/** ms before expiry at which a refresh is due: `refreshBefore`, but never more than a third of the lifetime. */
export function refreshLead(session: Session, refreshBefore: number): number {
  return Math.min(refreshBefore, (session.expiresIn ?? 0) / 3) * 1000
}
