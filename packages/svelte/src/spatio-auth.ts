import { SpatioAuthError, type Activity, type AuthState, type SpatioAuth } from '@spatio-labs/auth'
import { createSubscriber } from 'svelte/reactivity'

type Actions = Pick<
  SpatioAuth,
  'signIn' | 'signOut' | 'getAccessToken' | 'fetch' | 'ready' | 'retry' | 'preload' | 'requireUser'
>

/**
 * One object for both ways: a store (`$auth`, `get`, `derived`) and reactive getters for runes. The getters narrow
 * each other: `if (auth.status === 'authenticated') auth.user.name`. Read them from the object; what is destructured
 * is frozen at that moment.
 */
export type SpatioAuthSvelte = AuthState &
  Actions & {
    readonly client: SpatioAuth
    /** The whole state, the same object until something changed. */
    readonly current: AuthState
    /** What changes by itself; apart, so that a refresh renders nothing. */
    readonly activity: Activity
    /** The store contract. @returns its unsubscribe */
    readonly subscribe: (run: (state: AuthState) => void) => () => void
  }

/**
 * Makes the object of a client; nothing starts and nothing is subscribed until somebody reads or subscribes.
 * @throws SpatioAuthError `config_invalid` without a client
 */
export function spatioAuth(client: SpatioAuth): SpatioAuthSvelte {
  if (typeof client?.getSnapshot !== 'function') {
    const detail = 'client is missing'
    throw new SpatioAuthError('config_invalid', { phase: 'configuration', detail })
  }
  const trackState = createSubscriber(client.subscribe)
  const trackActivity = createSubscriber(client.subscribeActivity)
  const current = (): AuthState => {
    trackState()
    return client.getSnapshot()
  }
  const { signIn, signOut, getAccessToken, fetch, ready, retry, preload, requireUser } = client
  const auth = {
    ...{ client, signIn, signOut, getAccessToken, fetch, ready, retry, preload, requireUser },
    subscribe: (run: (state: AuthState) => void) => {
      run(client.getSnapshot())
      return client.subscribe(() => run(client.getSnapshot()))
    },
    get current() {
      return current()
    },
    get activity() {
      trackActivity()
      return client.getActivity()
    },
  }
  return withStateGetters(auth, current) as SpatioAuthSvelte
}

const MEMBERS = ['status', 'isAuthenticated', 'user', 'scopes', 'error', 'reason'] as const

/** Each member of the state as a getter, so that it is read, and tracked, when it is used. */
function withStateGetters(
  auth: object,
  current: () => Partial<Record<(typeof MEMBERS)[number], unknown>>,
): object {
  for (const name of MEMBERS) {
    Object.defineProperty(auth, name, { enumerable: true, get: () => current()[name] })
  }
  return Object.freeze(auth)
}
