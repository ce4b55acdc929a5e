import { authenticatedFetch } from '../life/authenticated-fetch.js'
import { requireUser } from '../life/require-user.js'
import type { AccessTokenOptions, SpatioAuth } from '../client/spatio-auth.js'
import { LOADING } from '../client/state-view.js'
import { SpatioAuthError } from '../errors.js'
import type { RefreshTrigger } from '../events.js'
import type { AuthState } from '../session/auth-state.js'
import { repeatRefused } from '../life/repeat-refused.js'
import { refreshLead } from '../session/refresh-lead.js'
import type { TestAuth, TestAuthCalls, TestAuthInit, TestAuthOptions } from './test-auth.js'
import { createTestClient, type TestClient } from './test-client.js'
import { toTestError } from './test-error.js'
import { testIntrospection, testUserInfo } from './test-introspection.js'

export type {
  TestAuth,
  TestAuthCalls,
  TestAuthInit,
  TestAuthOptions,
  TestRefresh,
  TestSession,
  TestTokenAnswer,
  TestUser,
} from './test-auth.js'

const STARTS_AT = Date.parse('2026-01-01T00:00:00Z')
/** Seconds a handed-out token should still live, as in production. */
const MIN_VALIDITY = 10

/**
 * A client for the tests of apps, in the state that `init` says; without it nobody is signed in.
 * `<SpatioAuthProvider client={createTestAuth({ user: { name: 'Mira' } })}>` renders a signed-in app.
 * `signIn` is recorded and stays pending, as it does on a page that is left; `requireUser` rejects with
 * `test_redirect` where it would send the visitor away. Every error is a `SpatioAuthError`.
 */
export function createTestAuth(
  init: TestAuthInit = { status: 'unauthenticated' },
  options: TestAuthOptions = {},
): TestAuth {
  const client = createTestClient(options.now ?? STARTS_AT)
  const calls: TestAuthCalls = {
    ready: [],
    retry: [],
    signIn: [],
    signOut: [],
    getAccessToken: [],
    requireUser: [],
  }
  start(client, init)
  return Object.freeze<TestAuth>({
    ...createActions(client, calls, options),
    ...createControls(client),
    calls,
  })
}

function start(client: TestClient, init: TestAuthInit): void {
  if ('user' in init) return client.begin(init)
  if ('error' in init) return client.fail(toTestError(init.error))
  if (init.status === 'unauthenticated') client.view.showSignedOut(init.reason ?? 'initial')
}

type Controls = Omit<TestAuth, keyof SpatioAuth | 'calls'>

function createControls(client: TestClient): Controls {
  return {
    signInAs: (user, session = {}) => client.begin({ ...session, user }),
    signOutAs: (reason = 'signed-out') => client.end(reason, null),
    setLoading: client.setLoading,
    fail: (code) => client.fail(toTestError(code)),
    expire: () => client.end('expired', 'session_expired'),
    rotate: (claims) => void client.refresh('schedule', claims),
    tick: client.tick,
    onToken: client.onToken,
  }
}

function createActions(client: TestClient, calls: TestAuthCalls, options: TestAuthOptions): SpatioAuth {
  const { view, hub } = client
  const recordToken = (tokenOptions: AccessTokenOptions): Promise<string> => {
    calls.getAccessToken.push(tokenOptions)
    return accessToken(client, tokenOptions)
  }
  return {
    ready: () => (calls.ready.push(null), settled(client)),
    retry: () => (calls.retry.push(null), settled(client)),
    getSnapshot: view.state.get,
    getServerSnapshot: () => LOADING,
    subscribe: view.state.subscribe,
    getAppState: () => view.appState,
    getActivity: view.activity.get,
    subscribeActivity: view.activity.subscribe,
    on: (type, listener) => hub.on(type, listener as Parameters<typeof hub.on>[1]),
    signIn: (signInOptions = {}) => {
      calls.signIn.push(signInOptions)
      return new Promise<never>(() => undefined)
    },
    requireUser: async (requirement = {}) => {
      calls.requireUser.push(requirement)
      return requireUser(await settled(client), requirement, (): Promise<never> => {
        return Promise.reject(toTestError('test_redirect'))
      })
    },
    ...createSignOut(client, calls),
    getAccessToken: (given = {}) => recordToken(typeof given === 'string' ? {} : given),
    fetch: (input, init) => testFetch(client, options, input, init),
    getUserInfo: async () => (await settled(client), testUserInfo(client)),
    introspect: async (token) => (await settled(client), testIntrospection(client, token)),
    preload: async () => undefined,
    dispose: () => undefined,
  }
}

function createSignOut(
  client: TestClient,
  calls: TestAuthCalls,
): Pick<SpatioAuth, 'signOut' | 'disconnectApp'> {
  return {
    signOut: async () => {
      calls.signOut.push(null)
      client.end('signed-out', null)
    },
    disconnectApp: async () => {
      if ((await settled(client)).status !== 'authenticated') throw toTestError('not_authenticated')
      client.end('signed-out', null)
    },
  }
}

/** The state once it is no longer `loading`: at once, or when the test moves on. */
function settled({ view }: TestClient): Promise<AuthState> {
  const state = view.state.get()
  if (state.status !== 'loading') return Promise.resolve(state)
  return new Promise((resolve) => {
    const unsubscribe = view.state.subscribe(() => {
      if (view.state.get().status === 'loading') return
      unsubscribe()
      resolve(view.state.get())
    })
  })
}

async function accessToken(
  client: TestClient,
  { minValidity = MIN_VALIDITY, forceRefresh = false, scope = '', signal }: AccessTokenOptions,
  trigger: RefreshTrigger = forceRefresh ? 'forced' : 'demand',
): Promise<string> {
  await settled(client)
  const session = client.current()
  if (session === null) throw toTestError('not_authenticated')
  const granted = session.scope.split(' ')
  if (scope.split(' ').some((name) => name !== '' && !granted.includes(name))) {
    throw new SpatioAuthError('interaction_required', { phase: 'fetch' })
  }
  const isEnough = (client.remaining() ?? Infinity) > refreshLead(session, minValidity)
  if (isEnough && !forceRefresh) return session.accessToken
  if (signal?.aborted) throw toTestError('aborted')
  try {
    return client.refresh(trigger).accessToken
  } catch (error) {
    // The token at hand is short of `minValidity` but alive, and the session was not ended.
    if (!forceRefresh && client.current() !== null && client.remaining() !== 0) return session.accessToken
    throw error
  }
}

async function testFetch(
  client: TestClient,
  { fetch: send, issuer = 'https://api.spatio.app', allowedOrigins = [] }: TestAuthOptions,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  await settled(client)
  const unanswered = (): never => {
    throw new SpatioAuthError('config_invalid', {
      phase: 'fetch',
      detail: 'createTestAuth has no fetch: give one as createTestAuth(init, { fetch })',
    })
  }
  const context = {
    options: { issuer, allowedOrigins },
    environment: { location: { origin: new URL(issuer).origin }, fetch: send ?? unanswered },
  }
  const token = ({ trigger, ...rest }: AccessTokenOptions & { readonly trigger?: RefreshTrigger }) =>
    accessToken(client, rest, trigger)
  return authenticatedFetch(context, token, [input, init], (refused) =>
    repeatRefused(refused, client.current()?.accessToken ?? null, token),
  )
}
