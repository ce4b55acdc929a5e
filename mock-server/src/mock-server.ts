import { createClientControl, createUserControl, type UserControl } from './account-control.js'
import type { Authority } from './authority.js'
import { createAuthority } from './create-authority.js'
import type { FaultRequest } from './faults/fault-order.js'
import { createIssuerTree } from './issuer-tree.js'
import type { KeyRing } from './keys/key-ring.js'
import { MockServerError } from './mock-server-error.js'
import type { MockClock } from './mock-clock.js'
import {
  resolveOptions,
  type MockServerOptions,
  type ResolvedMockServerOptions,
} from './mock-server-options.js'
import type { FaultName, FaultParameters } from './faults/catalogue.js'
import { createFaultEngine, type ActiveFault, type FaultEngine } from './faults/fault-engine.js'
import type { FaultMatch } from './faults/fault-entry.js'
import type { LoggedRequest, RequestFilter } from './pipeline/request-log.js'
import { createRequestHandler, type RequestHandler } from './request-handler.js'
import type { MockState } from './state/mock-state.js'
import { toMockState } from './state/to-mock-state.js'
import type { ClientStore } from './stores/client-store.js'
import type { GrantStore } from './stores/grant-store.js'
import type { PersonalAccessTokenStore } from './stores/personal-access-token-store.js'

/** A Spatio authority to test against: strict by default. Runs wherever `Request` and `Response` are. */
export interface MockServer {
  /** Where it is: the issuer of its tokens. */
  readonly issuer: string
  /** Answers a request without a socket. Bound: it can be handed on as a `fetch`. */
  readonly fetch: RequestHandler
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
  /** Switches every fault off. */
  readonly clearFaults: () => void
  /**
   * Checks that every fault has struck as often as it should; those that have not are switched off.
   *
   * @throws MockServerError `fault_unconsumed`, or `unexpected_error` when the mock itself failed
   */
  readonly verify: () => void
}

/** What an issuer below another can be told. */
export type IssuerOptions = Omit<MockServerOptions, 'issuer' | 'state' | 'clock'>

/**
 * A mock of the Spatio authority.
 *
 * @throws MockServerError `invalid_option`, `invalid_state`
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  const resolved = resolveOptions(options)
  let issuer = resolved.issuer
  return createIssuer(
    options,
    () => issuer,
    (url) => {
      if (!resolved.isIssuerFixed) issuer = url
    },
  )
}

function createIssuer(
  options: MockServerOptions,
  getIssuer: () => string,
  moveTo: MockServer['moveTo'],
): MockServer {
  const unexpected: unknown[] = []
  const onUnexpectedError = (error: unknown): void => {
    unexpected.push(error)
    options.onUnexpectedError?.(error)
  }
  const resolved = resolveOptions({ ...options, onUnexpectedError })
  const engine: FaultEngine = createFaultEngine(() => authority)
  const authority: Authority = createAuthority(resolved, getIssuer, engine)
  const tree = createIssuerTree<MockServer>(authority, {
    create: (getUrl) => createIssuerBelow(options, {}, authority, getUrl),
    createFaulty: (getUrl, faults) => createFaultyHandler(resolved, authority, getUrl, faults),
  })
  const handle = createRequestHandler(authority)
  return {
    get issuer() {
      return getIssuer()
    },
    fetch: (request, info) => {
      const found = tree.find(request)
      return found ? found.handler(found.request, info) : handle(request, info)
    },
    moveTo,
    issuerFor: (name, given = {}) =>
      tree.named(name, (getUrl) => createIssuerBelow(options, given, authority, getUrl)),
    faultyIssuer: (name, parameters = {}, match = {}) => tree.faultyUrl([{ name, parameters, match }]),
    ...createControls(authority, engine),
    verify: () => verify(engine, unexpected),
  }
}

type Controls = Omit<MockServer, 'issuer' | 'fetch' | 'moveTo' | 'issuerFor' | 'faultyIssuer' | 'verify'>

function createControls(authority: Authority, engine: FaultEngine): Controls {
  return {
    users: createUserControl(authority),
    clients: createClientControl(authority),
    personalAccessTokens: authority.personalAccessTokens,
    grants: authority.grants,
    clock: authority.clock,
    keys: authority.keys,
    requests: (filter) => authority.log.list(filter),
    clearRequests: () => authority.log.clear(),
    fault: engine.add,
    saveState: () => toMockState(authority),
    clearFaults: engine.clear,
  }
}

function createIssuerBelow(
  { state: _state, issuer: _issuer, ...options }: MockServerOptions,
  given: IssuerOptions,
  above: Authority,
  getIssuer: () => string,
): MockServer {
  const clock = above.clock.now
  return createIssuer({ ...options, ...given, clock, issuer: getIssuer() }, getIssuer, () => undefined)
}

/** The handler of an issuer under faults: always, unless a fault says how often. */
function createFaultyHandler(
  options: ResolvedMockServerOptions,
  above: Authority,
  getIssuer: () => string,
  faults: readonly FaultRequest[],
): RequestHandler {
  const { users, clients, personalAccessTokens, registrationLimit, log } = above
  const engine: FaultEngine = createFaultEngine(() => authority)
  const authority: Authority = createAuthority(
    { ...options, state: undefined, clock: above.clock.now },
    getIssuer,
    engine,
    { users, clients, personalAccessTokens, registrationLimit, log },
  )
  for (const { name, parameters, match } of faults) {
    const times = match.nth === undefined ? (match.times ?? 'always') : 1
    engine.addNamed(name, parameters, { ...match, times }, true)
  }
  return createRequestHandler(authority)
}

function verify(engine: FaultEngine, unexpected: unknown[]): void {
  const [cause] = unexpected.splice(0)
  if (cause !== undefined) throw new MockServerError('unexpected_error', 'The mock itself failed', { cause })
  engine.verify()
}
