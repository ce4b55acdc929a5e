import type { MockClock } from '../mock-clock.js'

/** Spatio's limit on open registration: 10 per hour per source IP. The window slides; Spatio does not say. */
export interface RegistrationLimit {
  /** Counts a registration; a number of seconds to wait when there have been too many. */
  take(ip: string): number | undefined
  sweep(now: number): void
  /** When each address has registered, in milliseconds, for a later start. */
  toState(): RegistrationTimes[]
}

/** When an address has registered clients, in milliseconds since the epoch. */
export interface RegistrationTimes {
  ip: string
  times: readonly number[]
}

const hour = 3_600_000
const maximum = 10

/** A limit; nobody has used it but those an earlier one's `toState()` told of. */
export function createRegistrationLimit(
  clock: MockClock,
  initial: readonly RegistrationTimes[] = [],
): RegistrationLimit {
  const byIp = new Map<string, readonly number[]>(initial.map(({ ip, times }) => [ip, times]))
  return {
    take: (ip) => {
      const now = clock.now()
      const recent = (byIp.get(ip) ?? []).filter((at) => at > now - hour)
      const [oldest] = recent
      if (oldest !== undefined && recent.length >= maximum) return Math.ceil((oldest + hour - now) / 1000)
      byIp.set(ip, [...recent, now])
      return undefined
    },
    sweep: (now) => {
      for (const [ip, times] of byIp) if (times.every((at) => at <= now - hour)) byIp.delete(ip)
    },
    toState: () => [...byIp].map(([ip, times]) => ({ ip, times })),
  }
}
