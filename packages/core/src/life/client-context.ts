import type { Front } from '../client/front.js'
import type { StateView } from '../client/state-view.js'
import type { Engine } from '../engine.js'
import type { Environment } from '../environment.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import { createHandOver } from '../session/hand-over.js'
import { createSessionStore, type SessionStore } from '../session/session-store.js'
import type { TabSession } from '../session/tab-session.js'
import { toPageEnvironment } from './page-environment.js'

/** What the parts of a started client share. */
export interface ClientContext extends Watches {
  readonly front: Front
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

interface Shared extends Pick<ClientContext, 'environment' | 'store' | 'loadEngine'> {
  /** The start that hears the events of requests. */
  front: Front
}

/** What outlives `dispose()`, as the tab's session does: an engine may hold an answer, or the keys of copied tabs. */
const kept = new WeakMap<TabSession, Shared>()

export function createContext(front: Front, watches: Watches): ClientContext {
  const { tab, view } = front
  const { options } = tab
  const shared = kept.get(tab) ?? createShared(front)
  shared.front = front
  kept.set(tab, shared)
  return {
    ...shared,
    ...watches,
    ...{ options, view },
    emit: front.emit,
    isDisposed: () => front.isDisposed,
    generation: () => tab.generation,
    nextGeneration: () => void tab.generation++,
  }
}

function createShared(front: Front): Shared {
  const { tab, loadEngine } = front
  const { options } = tab
  const environment = toPageEnvironment(tab.environment)
  const store = createSessionStore(tab)
  const handOver = createHandOver({ options, environment, store })
  let engine: Engine | null = null
  // A request may outlive `dispose()`, after which nobody is told of its end.
  const emit: Emit = (type, detail) => shared.front.emit(type, detail)
  const shared: Shared = {
    front,
    environment,
    store,
    loadEngine: async () => {
      const { createEngine } = await loadEngine()
      return (engine ??= createEngine({ options, environment, emit, store, handOver }))
    },
  }
  return shared
}
