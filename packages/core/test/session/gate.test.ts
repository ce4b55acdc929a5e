import { expect, it } from 'vitest'
import { SpatioAuthError } from '../../src/errors.js'
import type { Authenticated, AuthState, UnauthenticatedReason } from '../../src/session/auth-state.js'
import { toGate } from '../../src/session/gate.js'

const user = { sub: 'usr_1' }
const none = { isAuthenticated: false, user: null, scopes: [], error: null } as const
const signedIn: Authenticated = {
  status: 'authenticated',
  isAuthenticated: true,
  user,
  scopes: ['a'],
  error: null,
}
const error = new SpatioAuthError('timeout', { phase: 'token' })

it.each<[AuthState, unknown]>([
  [{ ...none, status: 'loading' }, { kind: 'loading' }],
  [
    { ...none, status: 'error', error },
    { kind: 'error', error },
  ],
  [signedIn, { kind: 'open', user }],
  [{ ...none, status: 'unauthenticated', reason: 'signed-out' }, { kind: 'signedOut' }],
])('decides on %o', (state, gate) => {
  expect(toGate(state)).toEqual(gate)
})

it.each<[UnauthenticatedReason]>([
  ['initial'],
  ['signed-out-elsewhere'],
  ['expired'],
  ['revoked'],
  ['storage-cleared'],
  ['user-changed'],
  ['idle'],
])('sends away who is %s', (reason) => {
  expect(toGate({ ...none, status: 'unauthenticated', reason })).toEqual({ kind: 'redirecting' })
})

it('asks the app who of those that are signed in may enter', () => {
  const asked: unknown[] = []
  const answer = (value: boolean) => (state: Authenticated) => (asked.push(state), value)
  expect(toGate(signedIn, answer(true))).toEqual({ kind: 'open', user })
  expect(toGate(signedIn, answer(false))).toEqual({ kind: 'forbidden' })
  expect(asked).toEqual([signedIn, signedIn])
  expect(toGate({ ...none, status: 'loading' }, answer(false))).toEqual({ kind: 'loading' })
})
