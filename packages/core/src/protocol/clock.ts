import type { ProtocolContext } from './protocol-context.js'
import { request } from './request.js'

/** A slower answer says too little about the time (ms). */
const LONGEST_ROUND_TRIP = 5000
/** A larger difference is a broken source, not a device clock (ms). */
const LARGEST_OFFSET = 25 * 3_600_000

/**
 * Measures how far this device's clock is off, in ms to add to it, from the `Date` of the app's own origin;
 * null without a usable answer. A slow device would make an old token look fresh, so this runs at every
 * sign-in, beside the token request and never from the answer that carries the token. Asked is the page of the
 * redirect URI: it has just been served here, while `/` may redirect, and a redirect shows no `Date`.
 */
export async function measureClockOffset(
  context: ProtocolContext,
  redirectUri: string,
): Promise<number | null> {
  const { environment, emit, options } = context
  const startedAt = environment.monotonic()
  const url = environment.location.origin + new URL(redirectUri).pathname
  const answer = await request(context, { endpoint: 'clock', url, method: 'HEAD', cache: 'no-store' })
  const roundTrip = environment.monotonic() - startedAt
  if (answer.kind === 'failed' || roundTrip > LONGEST_ROUND_TRIP) return null
  const date = Date.parse(answer.headers.get('date') ?? '')
  const age = Number(answer.headers.get('age') ?? 0)
  if (!Number.isFinite(date) || !Number.isFinite(age)) return null
  // `Date` has whole seconds: half a second more is the best guess, and half the round trip has passed since.
  const offset = date + age * 1000 + 500 + roundTrip / 2 - environment.now()
  if (Math.abs(offset) > LARGEST_OFFSET) return null
  if (Math.abs(offset) > options.clockTolerance * 1000)
    emit('clock_offset', { seconds: Math.round(offset / 1000) })
  return offset
}
