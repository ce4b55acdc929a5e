import { base64url } from 'jose'
import { createClientControl, createUserControl } from './account-control.js'
import { adminPath, createAdminHandler } from './admin/admin-handler.js'
import type { Authority } from './authority.js'
import { createAuthority } from './create-authority.js'
import { createFaultEngine, type FaultEngine } from './faults/fault-engine.js'
import type { FaultRequest } from './faults/fault-order.js'
import { createVerify } from './verify.js'
import { createIssuerTree } from './issuer-tree.js'
import type { IssuerOptions, MockServer } from './mock-server.js'
import {
  resolveOptions,
  type MockServerOptions,
  type ResolvedMockServerOptions,
} from './mock-server-options.js'
import { secureRandom } from './random-source.js'
import { createRequestHandler, type RequestHandler } from './request-handler.js'
import { startScenario } from './scenarios/start-scenario.js'
import { toMockState } from './state/to-mock-state.js'

/**
 * A mock of the Spatio authority.
 *
 * @throws MockServerError `invalid_option`, `invalid_state`
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  const resolved = resolveOptions(options)
  let issuer = resolved.issuer
  const adminToken = base64url.encode(secureRandom(32))
  const moveTo = (url: string): void => {
    if (!resolved.isIssuerFixed) issuer = url
  }
  return createIssuer(options, { getIssuer: () => issuer, adminToken, moveTo, place: 'port' })
}

/** Where an issuer is. */
interface IssuerPlace extends Pick<MockServer, 'adminToken' | 'moveTo'> {
  getIssuer: () => string
  /** Whether it has the port, or a path below another's. */
  place: 'port' | 'path'
}

function createIssuer(
  options: MockServerOptions,
  { getIssuer, adminToken, moveTo, place }: IssuerPlace,
): MockServer {
  const unexpected: unknown[] = []
  const onUnexpectedError = (error: unknown): void => {
    unexpected.push(error)
    options.onUnexpectedError?.(error)
  }
  const resolved = resolveOptions({ ...options, onUnexpectedError })
  const engine: FaultEngine = createFaultEngine(() => authority, place)
  const authority: Authority = createAuthority(resolved, getIssuer, engine)
  const tree = createIssuerTree<MockServer>(authority, {
    create: (getUrl) => createIssuerBelow(options, {}, mock, getUrl),
    createFaulty: (getUrl, faults) => createFaultyHandler(resolved, authority, getUrl, faults),
  })
  const handle = createRequestHandler(authority)
  const mock: MockServer = {
    get issuer() {
      return getIssuer()
    },
    fetch: (request, info) => {
      const found = tree.find(request)
      if (found) return found.handler(found.request, info)
      return isAdminRequest(request, getIssuer()) ? admin(request, info) : handle(request, info)
    },
    adminToken,
    moveTo,
    issuerFor: (name, given = {}) =>
      tree.named(name, (getUrl) => createIssuerBelow(options, given, mock, getUrl)),
    faultyIssuer: (name, parameters = {}, match = {}) => tree.faultyUrl([{ name, parameters, match }]),
    ...createControls(authority, engine),
    verify: createVerify({ engine, unexpected, authority }),
  }
  const admin = createAdminHandler(mock, engine, adminToken)
  return mock
}

function isAdminRequest(request: Request, issuer: string): boolean {
  const path = new URL(issuer).pathname.replace(/\/$/, '') + adminPath
  return new URL(request.url).pathname.startsWith(`${path}/`)
}

type Controls = Omit<
  MockServer,
  'issuer' | 'fetch' | 'adminToken' | 'moveTo' | 'issuerFor' | 'faultyIssuer' | 'verify'
>

function createControls(authority: Authority, engine: FaultEngine): Controls {
  return {
    users: createUserControl(authority),
    clients: createClientControl(authority),
    personalAccessTokens: authority.personalAccessTokens,
    grants: authority.grants,
    clock: authority.clock,
    keys: authority.keys,
    findings: () => authority.watch.findings(),
    requests: (filter) => authority.log.list(filter),
    clearRequests: () => authority.log.clear(),
    fault: engine.add,
    scenario: (name, parameters = {}) => startScenario(name, parameters, authority, engine),
    saveState: () => toMockState(authority),
    clearFaults: engine.clear,
    takeExpiredHandshake: engine.takeExpiredHandshake,
  }
}

function createIssuerBelow(
  { state: _state, issuer: _issuer, ...options }: MockServerOptions,
  given: IssuerOptions,
  above: MockServer,
  getIssuer: () => string,
): MockServer {
  const own = { ...options, ...given, clock: above.clock.now, issuer: getIssuer() }
  const { adminToken } = above
  return createIssuer(own, { getIssuer, adminToken, moveTo: () => undefined, place: 'path' })
}

/** The handler of an issuer under faults: always, unless a fault says how often. */
function createFaultyHandler(
  options: ResolvedMockServerOptions,
  above: Authority,
  getIssuer: () => string,
  faults: readonly FaultRequest[],
): RequestHandler {
  const { users, clients, personalAccessTokens, registrationLimit, log, watch } = above
  const engine: FaultEngine = createFaultEngine(() => authority, 'path')
  const authority: Authority = createAuthority(
    { ...options, state: undefined, clock: above.clock.now },
    getIssuer,
    engine,
    { users, clients, personalAccessTokens, registrationLimit, log, watch },
  )
  for (const { name, parameters, match } of faults) {
    const times = match.nth === undefined ? (match.times ?? 'always') : 1
    engine.addNamed(name, parameters, { ...match, times }, true)
  }
  return createRequestHandler(authority)
}
