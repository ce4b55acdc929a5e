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
import { createEngineLoader, loadRelay } from './load-engine.js'
import { createRefresher, type Refresher } from './refresher.js'
import { createRefreshSchedule, type RefreshSchedule } from './refresh-schedule.js'
import { isRelayPage, toOrphanedError } from './relay-page.js'
import { restoreSession, showRestored } from './restore.js'
import { signInOnLoad } from './silent-on-load.js'
import { createSilentSignIn, type SilentSignIn } from './silent-sign-in.js'
import type { StateView } from './state-view.js'

/** How long after its start a signed-in page fetches the engine that its next refresh will need (ms). */
const IDLE_LOAD = 1000

/** A client between its first `ready()` and `dispose()`. */
export interface RunningClient {
  readonly context: ClientContext
  readonly refresher: Refresher
  readonly schedule: RefreshSchedule
  readonly silent: SilentSignIn
  /** This page only hands an answer to another one. */
  readonly isRelay: boolean
  /** Nothing was stored, and the authority is asked whether it knows the user. */
  isAsking: boolean
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
      if (client.isRelay) throw toOrphanedError()
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
  const store = createSessionStore(options, environment, emit, (change) => showChange(client, change))
  const { context, end } = createContext({ options, environment, emit, view, store })
  const refresher = createRefresher(context, () => schedule.plan())
  const schedule = createRefreshSchedule(context, refresher)
  const silent = createSilentSignIn(context)
  const stop = (): void => {
    end()
    client.cancelIdleLoad()
    schedule.close()
    silent.close()
    store.close()
  }
  const client: RunningClient = {
    context,
    refresher,
    schedule,
    silent,
    isRelay: isRelayPage(context),
    isAsking: false,
    callback: takeCallback(context),
    work: null,
    cancelIdleLoad: () => undefined,
    stop,
  }
  return client
}

type Parts = Pick<ClientContext, 'options' | 'environment' | 'emit' | 'view' | 'store'>

function createContext(parts: Parts): { readonly context: ClientContext; readonly end: () => void } {
  let isDisposed = false
  let generation = 0
  const context: ClientContext = {
    ...parts,
    loadEngine: createEngineLoader(parts),
    isDisposed: () => isDisposed,
    generation: () => generation,
    nextGeneration: () => void generation++,
  }
  return { context, end: () => void (isDisposed = true) }
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
  await withDeadline(context.environment, context.options.readyTimeout, client.work, () => showLate(client))
  return view.state.get()
}

async function resume(client: RunningClient): Promise<void> {
  const { context, refresher, callback, schedule } = client
  const generation = context.generation()
  // Nothing but that: no restore, no timer, and `loading` until the window is gone, which is soon or never.
  if (client.isRelay) return relay(context)
  try {
    if (context.store.current() === null) await restoreSession(context)
    // Signed out before anything was restored.
    if (generation !== context.generation()) return
    if (callback !== null) await processCallback(context, callback)
    else if (isAskedOnLoad(context)) await ask(client)
    else await showRestored(context, refresher)
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

function relay({ view }: ClientContext): Promise<void> {
  return new Promise((resolve) => {
    loadRelay().catch(() => resolve(view.showError(toOrphanedError())))
  })
}

function isAskedOnLoad({ options, store, view }: ClientContext): boolean {
  return options.silentOnLoad !== 'off' && store.current() === null && view.state.get().status === 'loading'
}

async function ask(client: RunningClient): Promise<void> {
  client.isAsking = true
  await signInOnLoad(client.context, client.silent).finally(() => (client.isAsking = false))
}

/** The next refresh must not need code from the network: a deploy may delete the chunk, a train enter a tunnel. */
function loadEngineWhenIdle({ store, environment, loadEngine }: ClientContext): () => void {
  if (store.current() === null) return () => undefined
  return environment.setTimer(() => void loadEngine().catch(() => undefined), IDLE_LOAD)
}

/** Time is up: what is known so far is shown, and the work goes on and may still mend it. */
function showLate({ context, isAsking, isRelay }: RunningClient): void {
  const { store, view, isDisposed } = context
  if (isDisposed() || view.state.get().status !== 'loading') return
  if (isRelay) return view.showError(toOrphanedError())
  if (isAsking) return view.showSignedOut('initial')
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
