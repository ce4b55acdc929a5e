import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import { getAccessToken, type InternalTokenOptions } from './access-token.js'
import { authenticatedFetch } from './authenticated-fetch.js'
import { createEventHub } from './event-hub.js'
import { introspect } from './introspect.js'
import { createLifecycle } from './lifecycle.js'
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
  const view = createStateView(hub.emit)
  const lifecycle = createLifecycle(options, () => (environment ??= openEnvironment()), hub.emit, view)
  const accessToken = async (tokenOptions: InternalTokenOptions): Promise<string> => {
    const { context, refresher } = await lifecycle.started()
    return getAccessToken(context, refresher, tokenOptions)
  }
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
    // The official SDK calls with a security scheme's name and scopes: the token is the same for all.
    getAccessToken: (tokenOptions = {}) => accessToken(typeof tokenOptions === 'string' ? {} : tokenOptions),
    fetch: async (input, init) =>
      authenticatedFetch((await lifecycle.started()).context, accessToken, input, init),
    getUserInfo: async () => getUserInfo((await lifecycle.started()).context, accessToken),
    introspect: async (token) => introspect((await lifecycle.started()).context, accessToken, token),
    preload: async () => void (await lifecycle.start().context.loadEngine()),
  })
}
