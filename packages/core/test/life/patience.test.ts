import { expect, it } from 'vitest'
import { SpatioAuthError } from '../../src/errors.js'
import { createPatience } from '../../src/life/patience.js'
import type { Renewal } from '../../src/renewal/renew-session.js'
import { offline, openProtocolPage } from '../kit/protocol-page.js'

const error = new SpatioAuthError('refresh_transient', { phase: 'refresh' })
const FAILED: Renewal = {
  kind: 'ended',
  reason: 'revoked',
  code: 'jwks_key_not_found',
  reach: 'session',
  discarded: [],
}
const missing = (delayMs = 1000): Renewal => ({
  kind: 'postponed',
  error,
  delayMs,
  isFirm: true,
  ifItLasts: FAILED,
})
const OFFLINE: Renewal = { kind: 'postponed', error, delayMs: 1000, isFirm: false }
const RENEWED: Renewal = { kind: 'renewed', isAdopted: false, discarded: [] }

function open() {
  const { clock, tab } = openProtocolPage(offline)
  return { clock, bounded: createPatience(tab.environment()) }
}

it('leaves alone what is not about a missing key', () => {
  const { bounded } = open()
  for (const renewal of [OFFLINE, RENEWED, FAILED]) expect(bounded(renewal)).toBe(renewal)
})

it('waits at least as long as the keys are not fetched again', () => {
  const { bounded } = open()
  expect([bounded(missing()), bounded(missing(90_000))]).toEqual([missing(30_000), missing(90_000)])
})

it('takes it for a failed check after ten minutes, with whatever failed between', async () => {
  const { bounded, clock } = open()
  bounded(missing())
  await clock.advance(599_999)
  bounded(OFFLINE)
  expect(bounded(missing())).toEqual(missing(30_000))
  await clock.advance(1)
  expect(bounded(missing())).toBe(FAILED)
})

it('counts anew after a renewal', async () => {
  const { bounded, clock } = open()
  bounded(missing())
  await clock.advance(600_000)
  bounded(RENEWED)
  expect(bounded(missing())).toEqual(missing(30_000))
})
