import type { createEngine } from '../engine.js'
import { SpatioAuthError } from '../errors.js'
import type { Emit } from '../events.js'
import type { UnauthenticatedReason } from '../session/auth-state.js'
import type { TabSession } from '../session/tab-session.js'
import type { Life } from './life.js'
import type { StateView } from './state-view.js'
import type { Callback } from './take-callback.js'

/** The module of the engine chunk. */
export interface EngineModule {
  readonly createEngine: typeof createEngine
}

/** A client between its first `ready()` and `dispose()`: what the page that only looks who is signed in needs. */
export interface Front {
  readonly tab: TabSession
  readonly view: StateView
  /** Silent after `dispose()`. */
  readonly emit: Emit
  /** This page only hands an answer to another one. */
  readonly isRelay: boolean
  /** Late results change nothing. */
  isDisposed: boolean
  /** Nothing was stored, and the authority is asked whether it knows the user. */
  isAsking: boolean
  /** Taken out of the URL and not yet finished: a retry needs it. */
  callback: Callback | null
  /** The restore or callback under way; it may outlive the `ready()` that started it. */
  work: Promise<void> | null
  /** Everything else, once it is loaded. */
  life: Life | null
  /** @throws SpatioAuthError `engine_load_failed`, `client_disposed` */
  readonly requireLife: () => Promise<Life>
  /** @throws SpatioAuthError `engine_load_failed` */
  readonly loadEngine: () => Promise<EngineModule>
  /** Never done, unless it fails. */
  readonly loadRelay: () => Promise<never>
  /** Waits until a callback or a stored session is known. @throws SpatioAuthError `popup_orphaned` on a relay page */
  readonly started: () => Promise<unknown>
  /** Cancels the next attempt to load what keeps a session alive. */
  cancelReload: () => void
  /** Lets go of everything: `dispose()`. */
  readonly stop: () => void
}

/** The session ended in this tab. */
export function showEnded({ tab, view, emit }: Front, reason: UnauthenticatedReason): void {
  // Whatever is under way, a callback or a refresh, answers too late from here on.
  tab.generation++
  view.showSignedOut(reason)
  emit('signed_out', { reason, code: null })
}

/** What every method of a client on a relay page says. */
export function toOrphanedError(): SpatioAuthError {
  return new SpatioAuthError('popup_orphaned', { phase: 'callback' })
}
