import { MockServerError } from './mock-server-error.js'

/** A length of time: milliseconds, or a number with a unit: `'500ms'`, `'30s'`, `'61m'`, `'2h'`, `'1d'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`

/** The authority's own clock. Every lifetime, `iat`, `exp` and `Date` header is read from it. */
export interface MockClock {
  /** Milliseconds since the epoch, as the authority sees them. */
  now(): number
  /**
   * Moves the authority's time by a duration; negative moves it back.
   * @throws MockServerError `invalid_option` for no duration, or one that leads past the dates there are
   */
  advance(by: Duration): void
  /** How far it has been advanced, in milliseconds. */
  offset(): number
}

const unitInMilliseconds: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** A clock that follows `source` (milliseconds) and keeps the distance it was advanced by: `initialOffset` at first. */
export function createMockClock(source: () => number, initialOffset = 0): MockClock {
  let offset = initialOffset
  return {
    now: () => source() + offset,
    advance: (by) => {
      const next = offset + toMilliseconds(by)
      if (Number.isNaN(new Date(source() + next).getTime()))
        throw new MockServerError('invalid_option', `"${String(by)}" leads to no date there is`)
      offset = next
    },
    offset: () => offset,
  }
}

/**
 * Milliseconds of a duration.
 * @throws MockServerError `invalid_option` for text that is not a number with a unit
 */
export function toMilliseconds(duration: Duration): number {
  if (typeof duration === 'number' && Number.isFinite(duration)) return duration
  const match = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(duration))
  const unit = unitInMilliseconds.get(match?.[2] ?? '')
  if (!match || unit === undefined) {
    throw new MockServerError(
      'invalid_option',
      `"${String(duration)}" is not a duration: write 500ms, 30s, 61m, 2h or 1d`,
    )
  }
  return Number(match[1]) * unit
}
