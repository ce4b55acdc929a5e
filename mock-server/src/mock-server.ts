import { createClientControl, createUserControl, type UserControl } from './account-control.js'
import type { Authority } from './authority.js'
import { createPlatformKeyGenerator, createSeededKeyGenerator } from './keys/key-generator.js'
import { createKeyRing, type KeyRing } from './keys/key-ring.js'
import { MockServerError } from './mock-server-error.js'
import { createMockClock, type MockClock } from './mock-clock.js'
import {
  resolveOptions,
  type MockServerOptions,
  type ResolvedMockServerOptions,
} from './mock-server-options.js'
import type { FaultName, FaultParameters } from './faults/catalogue.js'
import { createFaultEngine, type ActiveFault, type FaultEngine } from './faults/fault-engine.js'
import type { FaultMatch } from './faults/fault-entry.js'
import { createRequestLog, type LoggedRequest, type RequestFilter } from './pipeline/request-log.js'
import { createRequestHandler, type RequestInfo } from './request-handler.js'
import type { MockState } from './state/mock-state.js'
import { toMockState } from './state/to-mock-state.js'
import { createAuthorizationCodeStore } from './stores/authorization-code-store.js'
import { createClientStore, type ClientStore } from './stores/client-store.js'
import { createConsentStore } from './stores/consent-store.js'
import { createGrantStore, type GrantLifetimes, type GrantStore } from './stores/grant-store.js'
import { createLoginSessionStore } from './stores/login-session-store.js'
import {
  createPersonalAccessTokenStore,
  type PersonalAccessTokenStore,
} from './stores/personal-access-token-store.js'
import { createRegistrationLimit } from './stores/registration-limit.js'
import { createSignInRequestStore } from './stores/sign-in-request-store.js'
import { createUserStore } from './stores/user-store.js'

/** A Spatio authority to test against: strict by default. Runs wherever `Request` and `Response` are. */
export interface MockServer {
  /** Where it is: the issuer of its tokens. */
  readonly issuer: string
  /** Answers a request without a socket. Bound: it can be handed on as a `fetch`. */
  readonly fetch: (request: Request, info?: RequestInfo) => Promise<Response>
  /** Says where it is reached, for whoever opens a port for it. The `issuer` option, when given, stands. */
  readonly moveTo: (url: string) => void
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
   */
  readonly fault: <N extends FaultName>(
    name: N,
    parameters?: Partial<FaultParameters<N>>,
    match?: FaultMatch,
  ) => ActiveFault
  /** Everything the mock knows as plain JSON, for the option `state` of a later one. It holds live secrets. */
  readonly saveState: () => MockState
  /** Switches every fault off. */
  readonly clearFaults: () => void
  /**
   * Checks that every fault has struck as often as it should; those that have not are switched off.
   *
   * @throws MockServerError `fault_unconsumed`, or `unexpected_error` when the mock itself failed
   */
  readonly verify: () => void
}

/**
 * A mock of the Spatio authority.
 *
 * @throws MockServerError `invalid_option`, `invalid_state`
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  const unexpected: unknown[] = []
  const onUnexpectedError = (error: unknown): void => {
    unexpected.push(error)
    options.onUnexpectedError?.(error)
  }
  const resolved = resolveOptions({ ...options, onUnexpectedError })
  let issuer = resolved.issuer
  const engine: FaultEngine = createFaultEngine(() => authority)
  const authority: Authority = createAuthority(resolved, () => issuer, engine)
  const handle = createRequestHandler(authority)
  return {
    get issuer() {
      return issuer
    },
    fetch: handle,
    moveTo: (url) => {
      if (!resolved.isIssuerFixed) issuer = url
    },
    users: createUserControl(authority),
    clients: createClientControl(authority),
    grants: authority.grants,
    personalAccessTokens: authority.personalAccessTokens,
    clock: authority.clock,
    keys: authority.keys,
    requests: (filter) => authority.log.list(filter),
    clearRequests: () => authority.log.clear(),
    fault: engine.add,
    saveState: () => toMockState(authority),
    clearFaults: engine.clear,
    verify: () => verify(engine, unexpected),
  }
}

function createAuthority(
  options: ResolvedMockServerOptions,
  issuer: () => string,
  engine: FaultEngine,
): Authority {
  const { ids, random, subtle, seededRandom, state } = options
  const clock = createMockClock(options.clock, state?.clockOffset)
  const generateKey = seededRandom
    ? createSeededKeyGenerator(seededRandom.source)
    : createPlatformKeyGenerator(subtle)
  const { loginSessionLifetime, authorizationRequestLifetime, authorizationCodeLifetime } = options
  return {
    options,
    issuer,
    clock,
    keys: createKeyRing({ clock, subtle, generateKey }, options.idTokenLifetime, state?.keys),
    users: createUserStore(options.users),
    clients: createClientStore(options.clients, Object.keys(options.scopes).join(' ')),
    loginSessions: createLoginSessionStore(clock, ids, loginSessionLifetime, state?.loginSessions),
    signInRequests: createSignInRequestStore(
      { clock, ids, random, subtle },
      authorizationRequestLifetime,
      state?.signInRequests,
    ),
    consents: createConsentStore(state?.consents),
    codes: createAuthorizationCodeStore(clock, ids, authorizationCodeLifetime, state?.codes),
    grants: createGrantStore(clock, ids, toGrantLifetimes(options), state?.grants),
    personalAccessTokens: createPersonalAccessTokenStore(clock, ids, options.personalAccessTokens),
    registrationLimit: createRegistrationLimit(clock, state?.registrations),
    pipeline: engine.pipeline,
    log: createRequestLog(),
    movedPaths: new Map(),
    wait: options.wait,
  }
}

function toGrantLifetimes(options: ResolvedMockServerOptions): GrantLifetimes {
  return {
    accessToken: options.accessTokenLifetime,
    refreshToken: options.refreshTokenLifetime,
    refreshTokenIdle: options.refreshTokenIdleLifetime,
  }
}

function verify(engine: FaultEngine, unexpected: unknown[]): void {
  const [cause] = unexpected.splice(0)
  if (cause !== undefined) throw new MockServerError('unexpected_error', 'The mock itself failed', { cause })
  engine.verify()
}
