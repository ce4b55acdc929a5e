import { expect, it } from 'vitest'
import { createStateView, LOADING } from '../../src/client/state-view.js'
import { SpatioAuthError } from '../../src/errors.js'
import type { Session } from '../../src/session/session.js'
import { SESSION } from '../kit/renewal-page.js'

const RENAMED: Session = { ...SESSION, user: { sub: 'usr_1', name: 'Mira the second' } }
const problem = new SpatioAuthError('refresh_transient', { phase: 'refresh' })

function open() {
  const told: unknown[] = []
  const view = createStateView((type, detail) => void told.push([type, detail]))
  let changes = 0
  view.state.subscribe(() => changes++)
  return { view, told, changes: () => changes }
}

it('begins with what a server renders', () => {
  const { view } = open()
  expect(view.state.get()).toBe(LOADING)
  expect(LOADING).toEqual({ status: 'loading', isAuthenticated: false, user: null, scopes: [], error: null })
  expect(view.appState).toBeNull()
})

it('shows a session once, frozen, and the same object while nothing that an app sees has changed', () => {
  const { view, told, changes } = open()
  view.showSession(SESSION, null)
  const shown = view.state.get()
  expect(shown).toMatchObject({ status: 'authenticated', isAuthenticated: true, scopes: ['openid', 'email'] })
  expect([Object.isFrozen(shown), Object.isFrozen(shown.scopes)]).toEqual([true, true])
  view.showSession({ ...SESSION, accessToken: 'tok_2', revision: 9 }, null)
  expect(view.state.get()).toBe(shown)
  expect([changes(), told]).toEqual([1, [['state_changed', { status: 'authenticated' }]]])
})

it('keeps the user while the claims are equal, and the scopes while they are the same', () => {
  const { view } = open()
  view.showSession(SESSION, null)
  const first = view.state.get()
  view.showSession({ ...SESSION, user: { ...SESSION.user }, scope: 'openid' }, null)
  const narrowed = view.state.get()
  expect([narrowed.user === first.user, narrowed.scopes]).toEqual([true, ['openid']])
  view.showSession({ ...RENAMED, scope: 'openid' }, null)
  expect(view.state.get().user).toMatchObject({ name: 'Mira the second' })
  expect(view.state.get().scopes).toBe(narrowed.scopes)
})

it('shows, and takes back, what failed without ending the session', () => {
  const { view, told } = open()
  view.showSession(SESSION, problem)
  expect(view.state.get().error).toBe(problem)
  view.showSession(SESSION, null)
  expect(view.state.get().error).toBeNull()
  expect(told).toEqual([
    ['state_changed', { status: 'authenticated', code: 'refresh_transient' }],
    ['state_changed', { status: 'authenticated' }],
  ])
})

it('says why nobody is signed in, or what failed', () => {
  const { view, told } = open()
  view.showSignedOut('idle')
  const signedOut = { isAuthenticated: false, user: null, scopes: [] }
  expect(view.state.get()).toEqual({ status: 'unauthenticated', ...signedOut, error: null, reason: 'idle' })
  view.showError(problem)
  expect(view.state.get()).toEqual({ status: 'error', ...signedOut, error: problem })
  expect(told).toEqual([
    ['state_changed', { status: 'unauthenticated', reason: 'idle' }],
    ['state_changed', { status: 'error', code: 'refresh_transient' }],
  ])
})

it('gives an error that there is no page for, without showing it', () => {
  const { view, told } = open()
  const state = view.toError(problem)
  expect([state.status, state.error, Object.isFrozen(state)]).toEqual(['error', problem, true])
  expect([view.state.get(), told]).toEqual([LOADING, []])
})

it('tells when the token expires, apart from the state, and forgets it with the session', () => {
  const { view } = open()
  let changes = 0
  view.activity.subscribe(() => changes++)
  view.showSession(SESSION, null)
  expect(view.activity.get()).toEqual({
    isRefreshing: false,
    pending: null,
    expiresAt: SESSION.receivedAt + 60_000,
  })
  view.showSession(SESSION, null)
  view.showActivity({ pending: null })
  expect([changes, Object.isFrozen(view.activity.get())]).toEqual([1, true])
  view.showSession({ ...SESSION, expiresIn: null }, null)
  expect(view.activity.get().expiresAt).toBeNull()
  for (const forget of [() => view.showSignedOut('initial'), () => view.showError(problem)]) {
    view.showSession(SESSION, null)
    forget()
    expect(view.activity.get().expiresAt).toBeNull()
  }
})
