import type { Environment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import type { AuthState } from '../session/auth-state.js'
import { createSessionStore } from '../session/session-store.js'
import type { SessionChange } from '../session/tab-session.js'
import { toUser } from '../session/user.js'
import { processCallback, refuseCallback, takeCallback, type Callback } from './callback.js'
import type { ClientContext } from './client-context.js'
import { withDeadline } from './deadline.js'
import { createEngineLoader } from './load-engine.js'
import { createRefresher, type Refresher } from './refresher.js'
import { createRefreshSchedule, type RefreshSchedule } from './refresh-schedule.js'
import { restoreSession, showRestored } from './restore.js'
import type { StateView } from './state-view.js'

/** How long after its start a signed-in page fetches the engine that its next refresh will need (ms). */
const IDLE_LOAD = 1000

/** A client between its first `ready()` and `dispose()`. */
export interface RunningClient {
  readonly context: ClientContext
  readonly refresher: Refresher
  readonly schedule: RefreshSchedule
  /** Taken out of the URL and not yet finished: a retry needs it. */
  callback: Callback | null
  /** The restore or callback under way; it may outlive the `ready()` that started it. */
  work: Promise<void> | null
  cancelIdleLoad: () => void
  readonly stop: () => void
}

export interface Lifecycle {
  /** @throws SpatioAuthError `environment_unsupported` */
  readonly start: () => RunningClient
  readonly started: () => Promise<RunningClient>
  readonly ready: () => Promise<AuthState>
  readonly retry: () => Promise<AuthState>
  readonly dispose: () => void
}

export function createLifecycle(
  options: ResolvedOptions,
  openEnvironment: () => Environment,
  emit: Emit,
  view: StateView,
): Lifecycle {
  let running: RunningClient | null = null
  let attempt: Promise<AuthState> | null = null
  const start = (): RunningClient => (running ??= startClient(options, openEnvironment(), emit, view))
  const ready = (): Promise<AuthState> => (attempt ??= settle(start, view))
  return {
    start,
    ready,
    started: async () => {
      const client = start()
      await ready()
      return client
    },
    retry: () => {
      attempt = null
      return ready()
    },
    dispose: () => {
      running?.stop()
      running = null
      attempt = null
    },
  }
}

function startClient(
  options: ResolvedOptions,
  environment: Environment,
  emit: Emit,
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
  const schedule = createRefreshSchedule(context, refresher)
  const stop = (): void => {
    isDisposed = true
    client.cancelIdleLoad()
    schedule.close()
    store.close()
  }
  const callback = takeCallback(context)
  const client: RunningClient = {
    context,
    refresher,
    schedule,
    callback,
    work: null,
    cancelIdleLoad: () => undefined,
    stop,
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
  const { context } = client
  client.work ??= resume(client).finally(() => (client.work = null))
  await withDeadline(context.environment, context.options.readyTimeout, client.work, () => showLate(context))
  return view.state.get()
}

async function resume(client: RunningClient): Promise<void> {
  const { context, refresher, callback, schedule } = client
  const generation = context.generation()
  try {
    if (context.store.current() === null) await restoreSession(context)
    // Signed out before anything was restored.
    if (generation !== context.generation()) return
    if (callback === null) await showRestored(context, refresher)
    else await processCallback(context, callback)
    client.callback = null
  } catch (error) {
    const known = toKnown(error)
    // An interrupted callback is kept for `retry()`: its code was not sent.
    if (!known.retryable) client.callback = null
    refuseCallback(context, known)
  }
  if (context.isDisposed()) return
  schedule.plan()
  client.cancelIdleLoad = loadEngineWhenIdle(context)
}

/** The next refresh must not need code from the network: a deploy may delete the chunk, a train enter a tunnel. */
function loadEngineWhenIdle({ store, environment, loadEngine }: ClientContext): () => void {
  if (store.current() === null) return () => undefined
  return environment.setTimer(() => void loadEngine().catch(() => undefined), IDLE_LOAD)
}

/** Time is up: what is known so far is shown, and the work goes on and may still mend it. */
function showLate({ store, view, isDisposed }: ClientContext): void {
  if (isDisposed() || view.state.get().status !== 'loading') return
  const session = store.current()
  const retryable = true
  if (session === null)
    return view.showError(new SpatioAuthError('timeout', { phase: 'callback', retryable }))
  const late = new SpatioAuthError('refresh_transient', { phase: 'refresh', retryable, detail: 'timeout' })
  view.showSession(session, store.remaining() === 0 ? late : null)
}

function toKnown(error: unknown): SpatioAuthError {
  if (error instanceof SpatioAuthError) return error
  return new SpatioAuthError('environment_unsupported', { phase: 'configuration' })
}
