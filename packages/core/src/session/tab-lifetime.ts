import { remainingLifetime } from './session-lifetime.js'
import type { TabSession } from './tab-session.js'

/** ms until the access token of this tab's session expires; null when unknown. */
export function remaining({ session, arrivedAt, environment }: TabSession): number | null {
  if (session === null) return null
  const heldFor = arrivedAt === null ? null : environment.monotonic() - arrivedAt
  return remainingLifetime(session, { now: environment.now(), heldFor })
}
