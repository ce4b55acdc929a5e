import type { FrontEnvironment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import type { AuthState } from '../session/auth-state.js'
import { receiveStorageEvent } from '../session/shared-record.js'
import { openTabSession, type TabSession } from '../session/tab-session.js'
import { withDeadline } from '../session/deadline.js'
import { showEnded, toOrphanedError, type Front } from './front.js'
import { keepAlive } from './keep-alive.js'
import type { Chunks } from './load-chunks.js'
import { settle } from './settle.js'
import type { StateView } from './state-view.js'
import { isRelayPage, takeCallback, type Callback } from './take-callback.js'

export interface Lifecycle {
  /** @throws SpatioAuthError `environment_unsupported` */
  readonly start: () => Front
  readonly started: () => Promise<Front>
  readonly ready: () => Promise<AuthState>
  readonly retry: () => Promise<AuthState>
  readonly dispose: () => void
}

/** What every start of a client is given. */
interface Parts {
  readonly emit: Emit
  readonly view: StateView
  readonly chunks: Chunks
}

export function createLifecycle(
  options: ResolvedOptions,
  openEnvironment: () => FrontEnvironment,
  parts: Parts,
): Lifecycle {
  // What outlives `dispose()`: the session that only this page may have, and an answer that is under way.
  let tab: TabSession | null = null
  let callback: Callback | null = null
  let front: Front | null = null
  let attempt: Promise<AuthState> | null = null
  const start = (): Front => {
    tab ??= openTabSession(options, openEnvironment(), parts.emit)
    return (front ??= startFront(tab, parts, { started, callback }))
  }
  const ready = (): Promise<AuthState> => (attempt ??= settle(start, parts.view))
  const started = async (): Promise<Front> => {
    const starting = start()
    await ready()
    if (starting.isRelay) throw toOrphanedError()
    return starting
  }
  return {
    start,
    ready,
    started,
    retry: () => {
      attempt = null
      return ready()
    },
    dispose: () => {
      attempt = null
      if (front === null) return
      callback = front.callback
      front.stop()
      front = null
      parts.view.showActivity({ isRefreshing: false, pending: null })
    },
  }
}

function startFront(
  tab: TabSession,
  { emit, view, chunks }: Parts,
  { started, callback }: Pick<Front, 'started' | 'callback'>,
): Front {
  const { environment, options } = tab
  const front: Front = {
    ...{ tab, view, started, isDisposed: false, isAsking: false, work: null, life: null },
    emit: (type, detail) => {
      if (!front.isDisposed) emit(type, detail)
    },
    requireLife: async () => {
      if (front.life !== null) return front.life
      const loading = chunks.loadLife().catch(refuseChunk)
      const { createLife } = await withDeadline(environment, options.requestTimeout, loading, refuseChunk)
      if (front.isDisposed) throw new SpatioAuthError('client_disposed', { phase: 'configuration' })
      return (front.life ??= createLife(front))
    },
    loadEngine: () => chunks.loadEngine().catch(refuseChunk),
    loadRelay: chunks.loadRelay,
    isRelay: isRelayPage(tab),
    // The answer of a callback that is finished was given, or its tokens revoked.
    callback: takeCallback(tab) ?? (callback?.isFinished ? null : callback),
    cancelReload: () => undefined,
    stop: () => {
      front.isDisposed = true
      front.cancelReload()
      front.life?.close()
      unlisten()
      tab.onAdopted = tab.onEnded = () => undefined
    },
  }
  const unlisten = environment.listen('storage', (event) => receiveStorageEvent(tab, event as StorageEvent))
  // What another tab did is shown here.
  tab.onAdopted = (session) => {
    view.showSession(session, null)
    keepAlive(front)
  }
  tab.onEnded = (reason) => showEnded(front, reason)
  return front
}

/** @throws SpatioAuthError `engine_load_failed` */
function refuseChunk(): never {
  throw new SpatioAuthError('engine_load_failed', { phase: 'configuration', retryable: true })
}
