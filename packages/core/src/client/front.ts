import type { createEngine } from '../engine.js'
import type { Emit } from '../events.js'
import type { UnauthenticatedReason } from '../session/auth-state.js'
import { forgetSession } from '../session/stored-session.js'
import type { Tab } from '../session/tab.js'
import type { Life } from './life.js'
import type { StateView } from './state-view.js'
import type { Callback } from './take-callback.js'

/** The module of the engine chunk. */
export interface EngineModule {
  readonly createEngine: typeof createEngine
}

/** A client between its first `ready()` and `dispose()`: what the page that only looks who is signed in needs. */
export interface Front {
  readonly tab: Tab
  readonly view: StateView
  /** Silent after `dispose()`. */
  readonly emit: Emit
  /** Late results change nothing. */
  isDisposed?: boolean
  /** Taken out of the URL and not yet finished: a retry needs it. */
  callback: Callback | null
  /** What was stored is known, and whether the user of it has signed out. */
  isRestored?: boolean
  /** The restore or callback under way; it may outlive the `ready()` that started it. */
  work?: Promise<void> | undefined
  /** Everything else, once it is loaded. */
  life?: Life
  /** @throws SpatioAuthError `engine_load_failed`, `client_disposed` */
  readonly requireLife: () => Promise<Life>
  /** @throws SpatioAuthError `engine_load_failed` */
  readonly loadEngine: () => Promise<EngineModule>
  /** Waits until a callback or a stored session is known. */
  readonly started: () => Promise<unknown>
  /** Cancels the next attempt to load what keeps a session alive. */
  cancelReload?: () => void
  /** Lets go of everything: `dispose()`. */
  readonly stop: () => void
}

/** Its user signed out in another tab. */
export function endElsewhere(front: Front): void {
  void forgetSession(front.tab)
  showEnded(front, 'signed-out-elsewhere')
}

/** Nobody is signed in; what came first, such as a sign-out, has said why. */
export function showNobody(view: StateView): void {
  if (view.state.get().status !== 'unauthenticated') view.showSignedOut('initial')
}

/** The session ended in this tab. */
export function showEnded({ tab, view, emit, cancelReload }: Front, reason: UnauthenticatedReason): void {
  cancelReload?.()
  // Whatever is under way, a callback or a refresh, answers too late from here on.
  tab.generation++
  view.showSignedOut(reason)
  emit('signed_out', { reason, code: null })
}
