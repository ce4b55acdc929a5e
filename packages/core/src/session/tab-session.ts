import type { FrontEnvironment } from '../environment.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import { storageKey } from '../storage-names.js'
import type { UnauthenticatedReason } from './auth-state.js'
import type { TabMessage } from './session-channel.js'
import type { RecordStorage } from './record-storage.js'
import { openSessionStorage } from './session-storage.js'
import type { Session } from './session.js'

/** The state of this tab, which everything that knows of the session shares. It outlives `dispose()`. */
export interface TabSession {
  readonly options: ResolvedOptions
  readonly environment: FrontEnvironment
  readonly emit: Emit
  /** In memory while it refuses a write: the session then lives in this page only. */
  storage: RecordStorage
  /** Ids of sessions that ended: whatever is read or answered of them later is void. */
  readonly endedIds: Set<string>
  session: Session | null
  /** When the access token arrived in this page, by the monotonic clock; null after a reload. */
  arrivedAt: number | null
  /** Counts sign-ins and sign-outs: an answer that was asked for in an earlier generation is void. */
  generation: number
  /** Tells the other tabs. */
  post: (message: TabMessage) => void
  /** Another tab, or an edited store, ended this tab's session. */
  onEnded: (reason: UnauthenticatedReason) => void
  /** Another tab's newer revision, or another sign-in, became this tab's session. */
  onAdopted: (session: Session) => void
}

export function openTabSession(
  options: ResolvedOptions,
  environment: FrontEnvironment,
  emit: Emit,
): TabSession {
  return {
    ...{ options, environment, emit },
    storage: openSessionStorage(options, environment, emit),
    endedIds: new Set(),
    session: null,
    arrivedAt: null,
    generation: 0,
    post: (message) => {
      const channel = environment.openChannel(storageKey(options))
      channel?.postMessage(message)
      channel?.close()
    },
    onEnded: () => undefined,
    onAdopted: () => undefined,
  }
}
