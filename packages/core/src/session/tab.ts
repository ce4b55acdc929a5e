import type { FrontEnvironment } from '../environment.js'
import type { Emit } from '../events.js'
import type { FrontOptions } from '../options.js'
import type { StoredRecord } from './record-storage.js'
import { openSessionStorage } from './session-storage.js'
import type { Session } from './session.js'

/** What the front knows of this tab's session. It outlives `dispose()`. */
export interface Tab {
  readonly options: FrontOptions
  readonly environment: FrontEnvironment
  readonly emit: Emit
  /** Null while nothing is kept beyond this page. */
  storage: StoredRecord | null
  session: Session | null
  /** When the access token arrived in this page, by the monotonic clock; null after a reload. */
  arrivedAt: number | null
  /** All of `localStorage` was cleared elsewhere, which is looked into once life is there. */
  wasCleared?: boolean
  /** Counts sign-ins and sign-outs: an answer that was asked for in an earlier generation is void. */
  generation: number
}

export function openTab(options: FrontOptions, environment: FrontEnvironment, emit: Emit): Tab {
  return {
    ...{ options, environment, emit },
    storage: openSessionStorage(options, environment, emit),
    session: null,
    arrivedAt: null,
    generation: 0,
  }
}
