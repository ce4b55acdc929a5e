import { SpatioAuthError, type Activity, type AuthState, type SpatioAuth } from '@spatio-labs/auth'
import { vi } from 'vitest'

export const LOADING: AuthState = Object.freeze({
  status: 'loading',
  isAuthenticated: false,
  user: null,
  scopes: [],
  error: null,
})

export const SIGNED_OUT: AuthState = Object.freeze({
  status: 'unauthenticated',
  isAuthenticated: false,
  user: null,
  scopes: [],
  error: null,
  reason: 'initial',
})

/** The state of a signed-in user with this name. */
export function signedIn(name: string): AuthState {
  const user = Object.freeze({ sub: `usr_${name}`, name })
  return Object.freeze({
    status: 'authenticated',
    isAuthenticated: true,
    user,
    scopes: Object.freeze(['openid']),
    error: null,
  })
}

/** The state after a sign-in failed without a session. */
export function failed(): AuthState {
  const error = new SpatioAuthError('state_mismatch', { phase: 'callback' })
  return Object.freeze({ status: 'error', isAuthenticated: false, user: null, scopes: [], error })
}

/** A store by hand, where only the rendering is the subject. */
export interface FakeClient extends SpatioAuth {
  readonly show: (state: AuthState) => void
  readonly showActivity: (activity: Partial<Activity>) => void
  /** How many listen to the state now. */
  readonly listeners: () => number
}

export function createFakeClient(initial: AuthState): FakeClient {
  const state = createStore(initial)
  const activity = createStore<Activity>({ isRefreshing: false, pending: null, expiresAt: null })
  const unused = (): never => {
    throw new Error('not part of this test')
  }
  return {
    ready: vi.fn(async () => state.get()),
    retry: vi.fn(async () => state.get()),
    getSnapshot: state.get,
    getServerSnapshot: () => LOADING,
    subscribe: state.subscribe,
    getActivity: activity.get,
    getAppState: () => null,
    subscribeActivity: activity.subscribe,
    on: () => () => undefined,
    signIn: vi.fn(unused),
    requireUser: vi.fn(unused),
    disconnectApp: vi.fn(unused),
    signOut: vi.fn(async () => undefined),
    getAccessToken: vi.fn(unused),
    fetch: vi.fn(unused),
    getUserInfo: vi.fn(unused),
    introspect: vi.fn(unused),
    preload: vi.fn(async () => undefined),
    dispose: vi.fn(),
    show: state.set,
    showActivity: (change) => activity.set({ ...activity.get(), ...change }),
    listeners: state.size,
  }
}

interface Store<Value> {
  readonly get: () => Value
  readonly set: (value: Value) => void
  readonly subscribe: (listener: () => void) => () => void
  readonly size: () => number
}

function createStore<Value>(initial: Value): Store<Value> {
  const listeners = new Set<() => void>()
  let current = initial
  return {
    get: () => current,
    set: (value) => {
      current = value
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    size: () => listeners.size,
  }
}
