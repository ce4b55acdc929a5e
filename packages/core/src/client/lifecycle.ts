import type { FrontEnvironment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { Emit } from '../events.js'
import type { FrontOptions } from '../options.js'
import type { AuthState } from '../session/auth-state.js'
import { markKey } from '../session/sign-out-mark.js'
import { openTab, type Tab } from '../session/tab.js'
import { storageKey } from '../storage-names.js'
import { withDeadline } from '../session/deadline.js'
import { endElsewhere, type Front } from './front.js'
import { keepAlive } from './keep-alive.js'
import type { Chunks } from './load-chunks.js'
import { refuseChunk } from './refuse-chunk.js'
import { settle } from './settle.js'
import type { StateView } from './state-view.js'
import { isRelayPage, takeCallback, type Callback } from './take-callback.js'

export interface Lifecycle {
  /** @throws SpatioAuthError `environment_unsupported`, `popup_orphaned` on a relay page */
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
  options: FrontOptions,
  openEnvironment: () => FrontEnvironment,
  parts: Parts,
): Lifecycle {
  // What outlives `dispose()`: the session that only this page may have, and an answer that is under way.
  let tab: Tab | undefined
  let relay: Promise<unknown> | undefined
  let callback: Callback | null = null
  let front: Front | null = null
  let attempt: Promise<AuthState> | null = null
  const start = (): Front => {
    tab ??= openTab(options, openEnvironment(), parts.emit)
    if (relay || (front === null && isRelayPage(tab))) {
      // Nothing but that: no restore, no timer, and `loading` until the window is gone, which is soon or never.
      const error = new SpatioAuthError('popup_orphaned', { phase: 'callback' })
      relay ??= parts.chunks.loadRelay().catch(() => parts.view.showError(error))
      throw error
    }
    return (front ??= startFront(tab, parts, { started, callback }))
  }
  const ready = (): Promise<AuthState> => (attempt ??= settle(start, parts.view))
  const started = async (): Promise<Front> => {
    const starting = start()
    await ready()
    return starting
  }
  return {
    ...{ start, ready, started },
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
    },
  }
}

function startFront(
  tab: Tab,
  { emit, view, chunks }: Parts,
  { started, callback }: Pick<Front, 'started' | 'callback'>,
): Front {
  const { environment, options } = tab
  const front: Front = {
    ...{ tab, view, started },
    emit: (type, detail) => {
      if (!front.isDisposed) emit(type, detail)
    },
    requireLife: async () => {
      if (!front.isDisposed && front.life) return front.life
      const loading = withDeadline(environment, options.requestTimeout, chunks.loadLife(), refuseChunk)
      const { createLife } = await loading.catch(refuseChunk)
      if (front.isDisposed) throw new SpatioAuthError('client_disposed', { phase: 'configuration' })
      return (front.life ??= createLife(front))
    },
    loadEngine: () => chunks.loadEngine().catch(refuseChunk),
    // The answer of a callback that is finished was given, or its tokens revoked.
    callback: takeCallback(tab) ?? (callback?.isFinished ? null : callback),
    stop: () => {
      front.isDisposed = true
      front.cancelReload?.()
      front.life?.close()
      for (const stop of stops) stop()
    },
  }
  const hear = (event: Event): void => {
    if (front.life) return
    const { key, newValue, persisted } = event as StorageEvent & PageTransitionEvent
    tab.wasCleared ||= key === null
    // Another tab, or the page that came after this one, may have signed in: what follows from it is not the front's to say.
    if (persisted || (newValue && key === storageKey(options))) keepAlive(front)
    // Told by the event: who signs in again removes the mark.
    if (key === markKey(tab) && newValue === tab.session?.userMark) endElsewhere(front)
  }
  const stops = (['storage', 'pageshow'] as const).map((type) => environment.listen(type, hear))
  return front
}
