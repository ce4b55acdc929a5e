import type { Environment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import type { AuthState } from '../session/auth-state.js'
import { processCallback, refuseCallback } from './callback.js'
import type { ClientContext } from './client-context.js'
import { withDeadline } from './deadline.js'
import { loadRelay } from './load-engine.js'
import { toOrphanedError } from './relay-page.js'
import { restoreSession, showRestored } from './restore.js'
import { createCore, startClient, type ClientCore, type RunningClient } from './running-client.js'
import { signInOnLoad } from './silent-on-load.js'
import type { StateView } from './state-view.js'

/** How long after its start a signed-in page fetches the engine that its next refresh will need (ms). */
const IDLE_LOAD = 1000

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
  let core: ClientCore | null = null
  let attempt: Promise<AuthState> | null = null
  const start = (): RunningClient => {
    core ??= createCore(options, openEnvironment(), emit)
    return (core.running ??= startClient(core, options, emit, view))
  }
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
      attempt = null
      core?.running?.stop()
    },
  }
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
    // A client that starts again knows its session, but may have missed what other tabs did.
    if (context.store.current() === null) await restoreSession(context)
    else await context.store.sync()
    // Signed out before anything was restored.
    if (generation !== context.generation()) return
    client.idle?.look()
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
