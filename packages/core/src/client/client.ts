import type { FrontEnvironment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { ResolvedOptions } from '../options.js'
import { getAccessToken } from './access-token.js'
import { authenticatedFetch } from './authenticated-fetch.js'
import { createEventHub } from './event-hub.js'
import type { InternalTokenOptions } from './life.js'
import { createLifecycle, type Lifecycle } from './lifecycle.js'
import type { Chunks } from './load-chunks.js'
import { requireUser } from './require-user.js'
import { signIn } from './sign-in.js'
import { withSignal } from './signal.js'
import { signOut } from './sign-out.js'
import type { SignIn, SpatioAuth } from './spatio-auth.js'
import { createStateView, LOADING, type StateView } from './state-view.js'

/** The client over a given environment: what `createSpatioAuth` makes, and what tests drive. */
export function createClient(
  options: ResolvedOptions,
  openEnvironment: () => FrontEnvironment,
  chunks: Chunks,
): SpatioAuth {
  // Opened with the first start, before which nothing is told.
  let environment: FrontEnvironment
  const hub = createEventHub(() => environment.now())
  if (options.logger !== undefined) hub.on('*', options.logger)
  const view = createStateView(hub.emit)
  const open = () => (environment = openEnvironment())
  const { start, started, ...lifecycle } = createLifecycle(options, open, { emit: hub.emit, view, chunks })
  return Object.freeze<SpatioAuth>({
    ...lifecycle,
    getSnapshot: view.state.get,
    getServerSnapshot: () => LOADING,
    subscribe: view.state.subscribe,
    getAppState: () => view.appState,
    getActivity: view.activity.get,
    subscribeActivity: view.activity.subscribe,
    on: hub.on as SpatioAuth['on'],
    ...createActions(start, started, view),
  })
}

type Actions = Pick<
  SpatioAuth,
  | 'signIn'
  | 'requireUser'
  | 'signOut'
  | 'disconnectApp'
  | 'getAccessToken'
  | 'fetch'
  | 'getUserInfo'
  | 'introspect'
  | 'preload'
>

function createActions(start: Lifecycle['start'], started: Lifecycle['started'], view: StateView): Actions {
  const life = async () => (await started()).requireLife()
  const signInHere = (async (signInOptions = {}) => signIn(start(), signInOptions)) as SignIn
  const accessToken = (tokenOptions: InternalTokenOptions) => {
    const token = started().then((front) => getAccessToken(front, tokenOptions))
    return withSignal(token, tokenOptions.signal, () => new SpatioAuthError('aborted', { phase: 'fetch' }))
  }
  const authorizedFetch: SpatioAuth['fetch'] = async (...request) => {
    const { tab, requireLife } = await started()
    return authenticatedFetch(tab, accessToken, request, (refused) =>
      requireLife().then(
        ({ repeatRefused }) => repeatRefused(refused, accessToken),
        () => refused.response,
      ),
    )
  }
  return {
    signIn: signInHere,
    requireUser: async (requirement = {}) => {
      await started()
      return requireUser(view.state.get(), requirement, signInHere)
    },
    signOut: async () => signOut(start()),
    disconnectApp: async () => (await life()).disconnectApp(authorizedFetch),
    // The official SDK calls with a security scheme's name and scopes: the token is the same for all.
    getAccessToken: (tokenOptions = {}) => accessToken(typeof tokenOptions === 'string' ? {} : tokenOptions),
    fetch: authorizedFetch,
    getUserInfo: async () => (await life()).getUserInfo(accessToken),
    introspect: async (token) => (await life()).introspect(accessToken, token),
    preload: async () => {
      const { requireLife, loadEngine } = start()
      await Promise.all([requireLife(), loadEngine()])
    },
  }
}
