import { SpatioAuthError } from '@spatio-labs/auth/registration'
import { expect, it } from 'vitest'
import { CliError } from '../../src/cli-error.js'
import { toRefusal } from '../../src/register/refusal.js'

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0)

it.each([
  ['45', 'Try again in 45 seconds'],
  ['1800', 'Try again in 30 minutes'],
  ['Thu, 01 Jan 2026 12:10:00 GMT', 'Try again in 10 minutes'],
  ['Thu, 01 Jan 2026 11:00:00 GMT', 'Try again in 0 seconds'],
  ['soon', 'Try again within the hour.'],
  [null, 'Try again within the hour.'],
])('a limit with Retry-After %j says: %s', (retryAfter, message) => {
  const error = new SpatioAuthError('registration_failed', { phase: 'registration' })
  const seen = { status: 429, retryAfter }
  const refusal = toRefusal(error, { issuer: 'https://api.spatio.app', seen, now: NOW })
  expect(refusal).toBeInstanceOf(CliError)
  expect(String(refusal)).toContain(message)
})

it('what the client did not throw is no refusal', () => {
  const error = new TypeError('a bug')
  expect(toRefusal(error, { issuer: 'https://api.spatio.app', seen: null, now: NOW })).toBe(error)
})
