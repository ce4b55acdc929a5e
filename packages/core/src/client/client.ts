import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import { getAccessToken, type InternalTokenOptions } from './access-token.js'
import { authenticatedFetch } from './authenticated-fetch.js'
import { disconnectApp } from './disconnect-app.js'
import { createEventHub } from './event-hub.js'
import { introspect } from './introspect.js'
import { createLifecycle, type Lifecycle } from './lifecycle.js'
import { requireUser } from './require-user.js'
import { createSignIn } from './sign-in-modes.js'
import { signOut } from './sign-out.js'
import type { SpatioAuth } from './spatio-auth.js'
import { createStateView, LOADING } from './state-view.js'
import { getUserInfo } from './user-info.js'

/** The client over a given environment: what `createSpatioAuth` makes, and what tests drive. */
export function createClient(options: ResolvedOptions, openEnvironment: () => Environment): SpatioAuth {
  let environment: Environment | null = null
  const hub = createEventHub(() => environment?.now() ?? 0)
  if (options.logger !== undefined) hub.on('*', options.logger)
  const view = createStateView(hub.emit)
  const lifecycle = createLifecycle(options, () => (environment ??= openEnvironment()), hub.emit, view)
  const { accessToken, authorizedFetch } = createCalls(lifecycle)
  const signIn = createSignIn(lifecycle)

  return Object.freeze<SpatioAuth>({
    ready: lifecycle.ready,
    retry: lifecycle.retry,
    dispose: () => {
      signIn.close()
      lifecycle.dispose()
    },
    getSnapshot: view.state.get,
    getServerSnapshot: () => LOADING,
    subscribe: view.state.subscribe,
    getAppState: view.getAppState,
    getActivity: view.activity.get,
    subscribeActivity: view.activity.subscribe,
    on: (type, listener) => hub.on(type, listener as Parameters<typeof hub.on>[1]),
    signIn: signIn.run,
    requireUser: async (requirement = {}) => {
      const { context } = await lifecycle.started()
      return requireUser(context.view.state.get(), requirement, signIn.run)
    },
    signOut: async () => signOut(lifecycle.start().context),
    disconnectApp: async () => disconnectApp((await lifecycle.started()).context, authorizedFetch),
    // The official SDK calls with a security scheme's name and scopes: the token is the same for all.
    getAccessToken: (tokenOptions = {}) => accessToken(typeof tokenOptions === 'string' ? {} : tokenOptions),
    fetch: authorizedFetch,
    getUserInfo: async () => getUserInfo((await lifecycle.started()).context, accessToken),
    introspect: async (token) => introspect((await lifecycle.started()).context, accessToken, token),
    preload: async () => void (await lifecycle.start().context.loadEngine()),
  })
}

/** What several methods share: the token and the request that carries it. */
function createCalls(lifecycle: Lifecycle): {
  readonly accessToken: (tokenOptions: InternalTokenOptions) => Promise<string>
  readonly authorizedFetch: SpatioAuth['fetch']
} {
  const accessToken = async (tokenOptions: InternalTokenOptions): Promise<string> => {
    const { context, refresher } = await lifecycle.started()
    return getAccessToken(context, refresher, tokenOptions)
  }
  const authorizedFetch: SpatioAuth['fetch'] = async (input, init) =>
    authenticatedFetch((await lifecycle.started()).context, accessToken, input, init)
  return { accessToken, authorizedFetch }
}
