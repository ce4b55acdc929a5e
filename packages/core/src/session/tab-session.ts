import type { Environment } from '../environment.js'
import type { Emit } from '../events.js'
import type { ResolvedOptions } from '../options.js'
import type { UnauthenticatedReason } from './auth-state.js'
import type { SessionRevisions } from './session-revision.js'
import type { RecordStorage } from './session-storage.js'
import type { SignOutMark } from './sign-out-mark.js'
import type { Session } from './session.js'

/** What another tab, or an edited store, did to this tab's session. */
export type SessionChange =
  | { readonly kind: 'adopted'; readonly session: Session }
  | { readonly kind: 'ended'; readonly reason: UnauthenticatedReason }

/** The state of this tab, which the store and the link to other tabs share. */
export interface TabSession {
  readonly options: ResolvedOptions
  readonly environment: Environment
  readonly emit: Emit
  readonly onChange: (change: SessionChange) => void
  readonly storage: RecordStorage
  readonly revisions: SessionRevisions
  readonly signOutMark: SignOutMark
  /** Ids of sessions that ended: whatever is read or answered of them later is void. */
  readonly endedIds: Set<string>
  session: Session | null
  /** When the access token arrived in this page, by the monotonic clock; null after a reload. */
  arrivedAt: number | null
  /** Storage refused a write: the session lives in this page only. */
  isInMemory: boolean
}
