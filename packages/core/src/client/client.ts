import type { FrontEnvironment } from '../environment.js'
import type { FrontOptions } from '../options.js'
import { toGate } from '../session/gate.js'
import { createEventHub } from './event-hub.js'
import type { LifeMethod } from './life.js'
import { createLifecycle, type Lifecycle } from './lifecycle.js'
import type { Chunks } from './load-chunks.js'
import { signIn } from './sign-in.js'
import { signOut } from './sign-out.js'
import type { SignIn, SpatioAuth } from './spatio-auth.js'
import { createStateView, LOADING, type StateView } from './state-view.js'

/** The client over a given environment: what `createSpatioAuth` makes, and what tests drive. */
export function createClient(
  options: FrontOptions,
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

type Actions = Pick<SpatioAuth, LifeMethod | 'signIn' | 'requireUser' | 'signOut' | 'preload'>

function createActions(start: Lifecycle['start'], started: Lifecycle['started'], view: StateView): Actions {
  const later = <Name extends LifeMethod>(name: Name): SpatioAuth[Name] =>
    (async (...given: unknown[]) => {
      const life = await (await started()).requireLife()
      return (life[name] as (...args: unknown[]) => unknown)(...given)
    }) as SpatioAuth[Name]
  return {
    signIn: (async (options = {}) => signIn(start(), options)) as SignIn,
    requireUser: async (requirement = {}) => {
      const { requireLife } = await started()
      const gate = toGate(view.state.get(), requirement.when)
      // Who is let in is known at once; what becomes of others is not the front's.
      return gate.kind === 'open' ? gate.user : (await requireLife()).requireUser(requirement)
    },
    signOut: async () => signOut(start()),
    preload: async () => {
      const { requireLife, loadEngine } = start()
      await Promise.all([requireLife(), loadEngine()])
    },
    getAccessToken: later('getAccessToken'),
    fetch: later('fetch'),
    getUserInfo: later('getUserInfo'),
    introspect: later('introspect'),
    disconnectApp: later('disconnectApp'),
  }
}
