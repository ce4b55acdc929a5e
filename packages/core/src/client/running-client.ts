import type { Engine } from '../engine.js'
import type { Environment } from '../environment.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import { createSessionStore, type SessionStore } from '../session/session-store.js'
import type { SessionChange } from '../session/tab-session.js'
import { toUser } from '../session/user.js'
import { takeCallback, type Callback } from './callback.js'
import type { ClientContext } from './client-context.js'
import { createIdleWatch, type IdleWatch } from './idle-watch.js'
import { createEngineLoader } from './load-engine.js'
import { createRefresher, type Refresher } from './refresher.js'
import { createRefreshSchedule, type RefreshSchedule } from './refresh-schedule.js'
import { isRelayPage } from './relay-page.js'
import { endUserSession } from './sign-out.js'
import { createSilentSignIn, type SilentSignIn } from './silent-sign-in.js'
import type { StateView } from './state-view.js'

/** A client between its first `ready()` and `dispose()`. */
export interface RunningClient {
  readonly context: ClientContext
  readonly refresher: Refresher
  readonly schedule: RefreshSchedule
  readonly idle: IdleWatch | null
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

/** What outlives `dispose()`: the session that only this page may have, and an engine that may hold an answer. */
export interface ClientCore {
  readonly environment: Environment
  readonly store: SessionStore
  readonly loadEngine: () => Promise<Engine>
  generation: number
  /** Who listens to the other tabs now. */
  running: RunningClient | null
  /** Taken out of the URL and not yet finished when the client was disposed. */
  callback: Callback | null
}

export function createCore(options: ResolvedOptions, environment: Environment, emit: Emit): ClientCore {
  const change = (next: SessionChange): void => {
    if (core.running !== null) showChange(core.running, next)
  }
  const store = createSessionStore(options, environment, emit, change)
  // A request of the engine may outlive `dispose()`; nobody is told of its end.
  const tell: Emit = (type, detail) => void (core.running !== null && emit(type, detail))
  const loadEngine = createEngineLoader({ options, environment, emit: tell, store })
  const core: ClientCore = { environment, store, loadEngine, generation: 0, running: null, callback: null }
  return core
}

export function startClient(
  core: ClientCore,
  options: ResolvedOptions,
  emit: Emit,
  view: StateView,
): RunningClient {
  let isDisposed = false
  const context = createContext(core, options, view, {
    isDisposed: () => isDisposed,
    emit: (type, detail) => {
      if (isDisposed) return
      // A sign-in is a sign of life.
      if (type === 'signed_in') idle?.begin()
      emit(type, detail)
    },
    endIfIdle: () => {
      if (core.store.current() !== null && idle?.isOver()) void endUserSession(context, 'idle', true)
    },
  })
  core.store.open()
  const refresher = createRefresher(context, () => schedule.plan())
  const schedule = createRefreshSchedule(context, refresher)
  const idle = createIdleWatch(options, core.environment, context.endIfIdle)
  const silent = createSilentSignIn(context)
  const stop = (): void => {
    isDisposed = true
    core.callback = unfinished(client.callback)
    core.running = null
    client.cancelIdleLoad()
    for (const part of [schedule, idle, silent, core.store]) part?.close()
    view.showActivity({ isRefreshing: false, pending: null })
  }
  const callback = takeCallback(context) ?? unfinished(core.callback)
  const cancelIdleLoad = () => undefined
  const client: RunningClient = {
    ...{ context, refresher, schedule, idle, silent, callback, cancelIdleLoad, stop },
    ...{ isRelay: isRelayPage(context), isAsking: false, work: null },
  }
  return client
}

function createContext(
  core: ClientCore,
  options: ResolvedOptions,
  view: StateView,
  run: Pick<ClientContext, 'isDisposed' | 'emit' | 'endIfIdle'>,
): ClientContext {
  const { environment, store, loadEngine } = core
  const generation = () => core.generation
  const nextGeneration = () => void core.generation++
  return { options, environment, view, store, loadEngine, generation, nextGeneration, ...run }
}

/** The answer of a callback that is finished was given, or its tokens revoked. */
function unfinished(callback: Callback | null): Callback | null {
  return callback?.isFinished === false ? callback : null
}

/** What another tab did is shown here; a refresh that is under way for the earlier session comes too late. */
function showChange({ context, schedule, idle }: RunningClient, change: SessionChange): void {
  const { view, emit } = context
  if (change.kind === 'adopted') {
    const earlier = view.state.get().user
    view.showSession(change.session, null)
    if (earlier !== null && earlier.sub !== toUser(change.session.idToken)?.sub) emit('user_changed', {})
    idle?.look()
  } else {
    context.nextGeneration()
    // The tab that noticed first was only faster.
    const reason = change.reason === 'signed-out-elsewhere' && idle?.isOver() ? 'idle' : change.reason
    view.showSignedOut(reason)
    emit('signed_out', { reason, code: null })
  }
  schedule.plan()
}
