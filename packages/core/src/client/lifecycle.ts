import type { FrontEnvironment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import type { AuthState } from '../session/auth-state.js'
import { noticeSignOut } from '../session/stored-session.js'
import { openTabSession, type TabSession } from '../session/tab-session.js'
import { storageKey } from '../storage-names.js'
import { withDeadline } from './deadline.js'
import { showEnded, toOrphanedError, type Front } from './front.js'
import { loadEngine, loadLife, refuseChunk } from './load-chunks.js'
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

export function createLifecycle(
  options: ResolvedOptions,
  openEnvironment: () => FrontEnvironment,
  emit: Emit,
  view: StateView,
): Lifecycle {
  // What outlives `dispose()`: the session that only this page may have, and an answer that is under way.
  let tab: TabSession | null = null
  let callback: Callback | null = null
  let front: Front | null = null
  let attempt: Promise<AuthState> | null = null
  const start = (): Front => {
    tab ??= openTabSession(options, openEnvironment(), emit)
    return (front ??= startFront(tab, view, { emit, ready, callback }))
  }
  const ready = (): Promise<AuthState> => (attempt ??= settle(start, view))
  return {
    start,
    ready,
    started: async () => {
      const started = start()
      await ready()
      if (started.isRelay) throw toOrphanedError()
      return started
    },
    retry: () => {
      attempt = null
      return ready()
    },
    dispose: () => {
      attempt = null
      if (front === null) return
      front.isDisposed = true
      callback = unfinished(front.callback)
      for (const stop of front.stops) stop()
      front = null
      view.showActivity({ isRefreshing: false, pending: null })
    },
  }
}

function startFront(
  tab: TabSession,
  view: StateView,
  { emit, ready, callback }: Pick<Front, 'emit' | 'ready' | 'callback'>,
): Front {
  const front: Front = {
    ...{
      tab,
      view,
      ready,
      loadEngine,
      isDisposed: false,
      isAsking: false,
      work: null,
      life: null,
      stops: [],
    },
    emit: (type, detail) => {
      if (!front.isDisposed) emit(type, detail)
    },
    requireLife: async () => {
      if (front.life !== null) return front.life
      const { environment, options } = tab
      const { createLife } = await withDeadline(environment, options.requestTimeout, loadLife(), refuseChunk)
      if (front.isDisposed) throw new SpatioAuthError('client_disposed', { phase: 'configuration' })
      return (front.life ??= createLife(front))
    },
    isRelay: isRelayPage(tab),
    callback: takeCallback(tab) ?? unfinished(callback),
  }
  tab.onEnded = (reason) => showEnded(front, reason)
  tab.onAdopted = (session) => view.showSession(session, null)
  const hear = (event: Event) => hearOtherTab(front, event as StorageEvent)
  front.stops.push(tab.environment.listen('storage', hear))
  return front
}

/** Another tab signed in, or out, where all share one session; nobody here knows how to go on with that yet. */
function hearOtherTab(front: Front, event: StorageEvent): void {
  noticeSignOut(front.tab)
  const { options, session } = front.tab
  const key = storageKey(options)
  if (front.life !== null || options.storage !== 'local' || (event.key ?? key) !== key) return
  if (event.newValue === null && session === null) return
  front.requireLife().then(
    (life) => life.receiveStorageEvent(event),
    () => undefined,
  )
}

/** The answer of a callback that is finished was given, or its tokens revoked. */
function unfinished(callback: Callback | null): Callback | null {
  return callback?.isFinished ? null : callback
}
