import type { UserControl } from './account-control.js'
import type { FaultName, FaultParameters } from './faults/catalogue.js'
import type { ActiveFault } from './faults/fault-engine.js'
import type { FaultMatch } from './faults/fault-entry.js'
import type { Finding } from './findings/finding.js'
import type { KeyRing } from './keys/key-ring.js'
import type { MockClock } from './mock-clock.js'
import type { MockServerOptions } from './mock-server-options.js'
import type { LoggedRequest, RequestFilter } from './pipeline/request-log.js'
import type { RequestHandler } from './request-handler.js'
import type { ActiveScenario, ScenarioName, ScenarioParameters } from './scenarios/start-scenario.js'
import type { MockState } from './state/mock-state.js'
import type { ClientStore } from './stores/client-store.js'
import type { GrantStore } from './stores/grant-store.js'
import type { PersonalAccessTokenStore } from './stores/personal-access-token-store.js'

/** A Spatio authority to test against: strict by default. Runs wherever `Request` and `Response` are. */
export interface MockServer {
  /** Where it is: the issuer of its tokens. */
  readonly issuer: string
  /** Answers a request without a socket. Bound: it can be handed on as a `fetch`. */
  readonly fetch: RequestHandler
  /**
   * What `{issuer}/__mock` asks for in the header `X-Mock-Token`: random per start, also with a seed. Whoever has
   * it can switch faults, move the clock and read the log, from this machine only.
   */
  readonly adminToken: string
  /** Says where it is reached, for whoever opens a port for it. The `issuer` option, when given, stands. */
  readonly moveTo: (url: string) => void
  /** Whether a TLS handshake is to show an expired certificate, for whoever opens a port: asked once for each. */
  readonly takeExpiredHandshake: () => boolean
  readonly users: UserControl
  readonly clients: ClientStore
  /** The token families the authority still honours: one per sign-in, gone once revoked or expired. */
  readonly grants: Pick<GrantStore, 'list'>
  readonly personalAccessTokens: PersonalAccessTokenStore
  readonly clock: MockClock
  readonly keys: Pick<KeyRing, 'rotate' | 'published'>
  /** The requests received so far, oldest first, with secrets redacted. */
  readonly requests: (filter?: RequestFilter) => LoggedRequest[]
  /** Forgets the requests received so far. */
  readonly clearRequests: () => void
  /**
   * Switches a fault on: once, for the requests the catalogue says, unless told otherwise.
   *
   * `using fault = mock.fault('id.nonce.wrong')`
   *
   * @throws MockServerError `invalid_option` below another issuer, for a fault that strikes before there is a request
   */
  readonly fault: <N extends FaultName>(
    name: N,
    parameters?: Partial<FaultParameters<N>>,
    match?: FaultMatch,
  ) => ActiveFault
  /**
   * An issuer of its own at `{issuer}/i/{name}`, for one test among others on the same server: its own users,
   * clients, grants, keys, faults and log; its clock runs with this one's. It begins as this one began, but for
   * the options given when it is first asked for.
   *
   * @throws MockServerError `invalid_option`
   */
  readonly issuerFor: (name: string, options?: IssuerOptions) => MockServer
  /**
   * The URL of an issuer at `{issuer}/f/{fault}` whose every matching request meets the fault. Nothing has to be
   * switched on or off, so that tests at the same time do not meet one another's faults. Users, clients and the
   * log are this one's; keys, sessions and tokens are its own.
   */
  readonly faultyIssuer: <N extends FaultName>(
    name: N,
    parameters?: Partial<FaultParameters<N>>,
    match?: FaultMatch,
  ) => string
  /** Everything the mock knows as plain JSON, for the option `state` of a later one. It holds live secrets. */
  readonly saveState: () => MockState
  /**
   * Lets a mishap of several steps begin: `mock.scenario('refresh.race', { hold: 2 })`.
   */
  readonly scenario: <N extends ScenarioName>(
    name: N,
    parameters?: Partial<ScenarioParameters<N>>,
  ) => ActiveScenario
  /** Switches every fault off. */
  readonly clearFaults: () => void
  /**
   * What was wrong with the last thousand requests, oldest first: secrets sent where they do not belong, and
   * what OAuth 2.1 or OpenID Connect forbids though the mock may have answered it. Without any value of a request.
   */
  readonly findings: () => Finding[]
  /**
   * Checks that every fault has struck as often as it should (those that have not are switched off), and that
   * there is no new finding of level `error`. What it has thrown once it does not throw again.
   *
   * @throws MockServerError `unexpected_error` when the mock itself failed, `fault_unconsumed`, `secret_leaked`,
   *   `lint_failed`; the message tells all there is, the code is the first of these
   */
  readonly verify: () => void
}

/** What an issuer below another can be told. */
export type IssuerOptions = Omit<MockServerOptions, 'issuer' | 'state' | 'clock'>
