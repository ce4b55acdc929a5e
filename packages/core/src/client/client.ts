import type { Environment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { ResolvedOptions } from '../options.js'
import type { AuthState } from '../session/auth-state.js'
import { createSessionStore } from '../session/session-store.js'
import type { SessionChange } from '../session/tab-session.js'
import { toUser } from '../session/user.js'
import { getAccessToken } from './access-token.js'
import { authenticatedFetch } from './authenticated-fetch.js'
import { processCallback, refuseCallback, takeCallback, type Callback } from './callback.js'
import type { ClientContext } from './client-context.js'
import { withDeadline } from './deadline.js'
import { createEventHub } from './event-hub.js'
import { createEngineLoader } from './load-engine.js'
import { createRefresher, type Refresher } from './refresher.js'
import { createRefreshSchedule, type RefreshSchedule } from './refresh-schedule.js'
import { restoreSession, showRestored } from './restore.js'
import { signIn } from './sign-in.js'
import { signOut } from './sign-out.js'
import type { AccessTokenOptions, SpatioAuth } from './spatio-auth.js'
import { createStateView, LOADING, type StateView } from './state-view.js'

/** A client between its first `ready()` and `dispose()`. */
interface RunningClient {
  readonly context: ClientContext
  readonly refresher: Refresher
  readonly schedule: RefreshSchedule
  /** Taken out of the URL and not yet finished: a retry needs it. */
  callback: Callback | null
  readonly stop: () => void
}

/** The client over a given environment: what `createSpatioAuth` makes, and what tests drive. */
export function createClient(options: ResolvedOptions, openEnvironment: () => Environment): SpatioAuth {
  let environment: Environment | null = null
  const hub = createEventHub(() => environment?.now() ?? 0)
  const view = createStateView(hub.emit)
  let running: RunningClient | null = null
  let attempt: Promise<AuthState> | null = null

  const start = (): RunningClient => {
    environment ??= openEnvironment()
    running ??= startClient(options, environment, hub.emit, view)
    return running
  }
  const ready = (): Promise<AuthState> => (attempt ??= settle(start, view))
  const started = async (): Promise<RunningClient> => {
    const client = start()
    await ready()
    return client
  }
  const accessToken = async (tokenOptions: AccessTokenOptions): Promise<string> => {
    const { context, refresher } = await started()
    return getAccessToken(context, refresher, tokenOptions)
  }
  let navigation: Promise<never> | null = null

  return Object.freeze<SpatioAuth>({
    ready,
    retry: () => {
      attempt = null
      return ready()
    },
    getSnapshot: view.state.get,
    getServerSnapshot: () => LOADING,
    subscribe: view.state.subscribe,
    getActivity: view.activity.get,
    subscribeActivity: view.activity.subscribe,
    on: (type, listener) => hub.on(type, listener as Parameters<typeof hub.on>[1]),
    signIn: (signInOptions = {}) => {
      navigation ??= started()
        .then(({ context }) => signIn(context, signInOptions))
        .finally(() => (navigation = null))
      return navigation
    },
    signOut: async () => signOut(start().context),
    // The official SDK calls with a security scheme's name and scopes: the token is the same for all.
    getAccessToken: (tokenOptions = {}) => accessToken(typeof tokenOptions === 'string' ? {} : tokenOptions),
    fetch: async (input, init) => authenticatedFetch((await started()).context, accessToken, input, init),
    preload: async () => void (await start().context.loadEngine()),
    dispose: () => {
      running?.stop()
      running = null
      attempt = null
    },
  })
}

function startClient(
  options: ResolvedOptions,
  environment: Environment,
  emit: ClientContext['emit'],
  view: StateView,
): RunningClient {
  let isDisposed = false
  let generation = 0
  const store = createSessionStore(options, environment, emit, (change) => showChange(client, change))
  const context: ClientContext = {
    options,
    environment,
    emit,
    view,
    store,
    loadEngine: createEngineLoader({ options, environment, emit, store }),
    isDisposed: () => isDisposed,
    generation: () => generation,
    nextGeneration: () => void generation++,
  }
  const refresher = createRefresher(context, () => schedule.plan())
  const schedule = createRefreshSchedule(context, () => refresher)
  const client: RunningClient = {
    context,
    refresher,
    schedule,
    callback: takeCallback(context),
    stop: () => {
      isDisposed = true
      schedule.close()
      store.close()
    },
  }
  return client
}

/** What another tab did is shown here; a refresh that is under way for the earlier session comes too late. */
function showChange({ context, schedule }: RunningClient, change: SessionChange): void {
  const { view, emit } = context
  if (change.kind === 'adopted') {
    const earlier = view.state.get().user
    view.showSession(change.session, null)
    if (earlier !== null && earlier.sub !== toUser(change.session.idToken)?.sub) emit('user_changed', {})
  } else {
    context.nextGeneration()
    view.showSignedOut(change.reason)
    emit('signed_out', { reason: change.reason, code: null })
  }
  schedule.plan()
}

/** Finishes a callback or restores the session; settles within `readyTimeout` and never rejects. */
async function settle(start: () => RunningClient, view: StateView): Promise<AuthState> {
  let client: RunningClient
  try {
    client = start()
  } catch (error) {
    return view.toError(toKnown(error))
  }
  const { context, schedule } = client
  const work = resume(client).then(() => {
    if (context.isDisposed()) return
    schedule.plan()
    // The next refresh must not need code from the network (a deploy may delete the chunk).
    if (context.store.current() !== null) context.environment.setTimer(() => void context.loadEngine().catch(() => undefined), 1000)
  })
  await withDeadline(context.environment, context.options.readyTimeout, work, () => showLate(context))
  return view.state.get()
}

async function resume(client: RunningClient): Promise<void> {
  const { context, refresher, callback } = client
  try {
    if (context.store.current() === null) await restoreSession(context)
    if (callback === null) return await showRestored(context, refresher)
    await processCallback(context, callback)
    client.callback = null
  } catch (error) {
    const known = toKnown(error)
    if (!known.retryable) client.callback = null
    refuseCallback(context, known)
  }
}

/** Time is up: what is known so far is shown, and the work goes on and may still mend it. */
function showLate({ store, view }: ClientContext): void {
  if (view.state.get().status !== 'loading') return
  const session = store.current()
  if (session === null) return view.showError(new SpatioAuthError('timeout', { phase: 'configuration', retryable: true }))
  const isExpired = store.remaining() === 0
  view.showSession(session, isExpired ? new SpatioAuthError('refresh_transient', { phase: 'refresh', retryable: true }) : null)
}

function toKnown(error: unknown): SpatioAuthError {
  if (error instanceof SpatioAuthError) return error
  return new SpatioAuthError('environment_unsupported', { phase: 'configuration' })
}
