import type { Front } from '../client/front.js'
import { refuseChunk } from '../client/refuse-chunk.js'
import type { StateView } from '../client/state-view.js'
import type { Engine } from '../engine.js'
import type { Environment } from '../environment.js'
import type { Emit } from '../events.js'
import { completeOptions } from '../complete-options.js'
import type { ResolvedOptions } from '../options.js'
import { createHandOver } from '../session/hand-over.js'
import { createSessionStore, type SessionStore } from '../session/session-store.js'
import { withDeadline } from '../session/deadline.js'
import type { Tab } from '../session/tab.js'
import { toTabSession, type TabSession } from '../session/tab-session.js'
import { validateOptions } from '../validate-options.js'
import { toPageEnvironment } from './page-environment.js'

/** What the parts of a started client share. */
export interface ClientContext extends Watches {
  readonly front: Front
  readonly tab: TabSession
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
}

/** What looks after a session beside what changes it. */
export interface Watches {
  /** Keeps this tab's session alive, after anything that made it this tab's. Idempotent. */
  readonly watch: () => void
  /** Somebody was there, ms by the wall clock. */
  readonly tellInput: (at: number) => void
  /** Ends the session when nobody has been there for `idleTimeout`. */
  readonly endIfIdle: () => void
}

interface Shared extends Pick<ClientContext, 'tab' | 'environment' | 'store' | 'loadEngine'> {
  /** The start that hears the events of requests. */
  front: Front
}

/** What outlives `dispose()`, as the tab's session does: an engine may hold an answer, or the keys of copied tabs. */
const kept = new WeakMap<Tab, Shared>()

export function createContext(front: Front, watches: Watches): ClientContext {
  const { view } = front
  const shared = kept.get(front.tab) ?? createShared(front)
  const { tab } = shared
  shared.front = front
  kept.set(tab, shared)
  return {
    ...shared,
    ...watches,
    ...{ options: tab.options, view },
    emit: front.emit,
    isDisposed: () => front.isDisposed === true,
    generation: () => tab.generation,
    nextGeneration: () => void tab.generation++,
  }
}

function createShared(front: Front): Shared {
  const { loadEngine } = front
  const options = completeOptions(front.tab.options)
  validateOptions(options)
  const environment = toPageEnvironment(front.tab.environment)
  const tab = toTabSession(front.tab, options, environment)
  const store = createSessionStore(tab)
  const handOver = createHandOver({ options, environment, store })
  let engine: Engine | null = null
  // A request may outlive `dispose()`, after which nobody is told of its end.
  const emit: Emit = (type, detail) => shared.front.emit(type, detail)
  const shared: Shared = {
    ...{ front, tab, environment, store },
    loadEngine: async () => {
      const { createEngine } = await withDeadline(
        environment,
        options.requestTimeout,
        loadEngine(),
        refuseChunk,
      )
      return (engine ??= createEngine({ options, environment, emit, store, handOver }))
    },
  }
  return shared
}
