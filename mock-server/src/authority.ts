import type { Watch } from './findings/watch.js'
import type { KeyRing } from './keys/key-ring.js'
import type { MockClock } from './mock-clock.js'
import type { ResolvedMockServerOptions } from './mock-server-options.js'
import type { FaultPicker, Pipeline } from './pipeline/pipeline.js'
import type { RequestLog } from './pipeline/request-log.js'
import type { AuthorizationCodeStore } from './stores/authorization-code-store.js'
import type { ClientStore } from './stores/client-store.js'
import type { ConsentStore } from './stores/consent-store.js'
import type { GrantStore } from './stores/grant-store.js'
import type { LoginSessionStore } from './stores/login-session-store.js'
import type { PersonalAccessTokenStore } from './stores/personal-access-token-store.js'
import type { RegistrationLimit } from './stores/registration-limit.js'
import type { SignInRequestStore } from './stores/sign-in-request-store.js'
import type { Wait } from './wait.js'
import type { UserStore } from './stores/user-store.js'

/** Everything an endpoint works with: the authority's state, its clock and its keys. No global anywhere. */
export interface Authority {
  readonly options: ResolvedMockServerOptions
  /** The issuer as it is now; `listen()` may have replaced it. */
  issuer(): string
  readonly clock: MockClock
  readonly keys: KeyRing
  readonly users: UserStore
  readonly clients: ClientStore
  readonly loginSessions: LoginSessionStore
  readonly signInRequests: SignInRequestStore
  readonly consents: ConsentStore
  readonly codes: AuthorizationCodeStore
  readonly grants: GrantStore
  readonly personalAccessTokens: PersonalAccessTokenStore
  readonly registrationLimit: RegistrationLimit
  readonly pipeline: Pipeline
  /** Only where the option `faultPicker` is on. */
  readonly faultPicker: FaultPicker | undefined
  readonly log: RequestLog
  /** What clients sent, for `verify()`. */
  readonly watch: Watch
  /** Paths that answer as others do, both below the issuer: only faults move an endpoint. */
  readonly movedPaths: Map<string, string>
  /** Waits for real milliseconds, or until the signal aborts. */
  readonly wait: Wait
}
