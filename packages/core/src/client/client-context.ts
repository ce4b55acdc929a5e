import type { Engine } from '../engine.js'
import type { Environment } from '../environment.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import type { SessionStore } from '../session/session-store.js'
import type { StateView } from './state-view.js'

/** What the parts of a started client share. */
export interface ClientContext {
  readonly options: ResolvedOptions
  readonly environment: Environment
  readonly emit: Emit
  readonly store: SessionStore
  readonly view: StateView
  readonly loadEngine: () => Promise<Engine>
  /** True after `dispose()`: late results change nothing. */
  readonly isDisposed: () => boolean
  /** Counts sign-ins and sign-outs: an answer that was asked for in an earlier generation is void. */
  readonly generation: () => number
  readonly nextGeneration: () => void
  /** Ends the session when nobody has been there for `idleTimeout`: asked before a token is handed out. */
  readonly endIfIdle: () => void
}
