export { expiredTestCertificate } from './keys/expired-test-certificate.js'
export {
  createNodeMockServer as createMockServer,
  type NodeMockServer as MockServer,
} from './node-mock-server.js'
export type { IssuerOptions } from './mock-server.js'
export type { VirtualBrowser, SignInChoice, Visit } from './virtual-browser/virtual-browser.js'
export { VirtualBrowserError, type VirtualBrowserErrorCode } from './virtual-browser/virtual-browser-error.js'
export type { MockServerOptions } from './mock-server-options.js'
export { MockServerError, type MockServerErrorCode } from './mock-server-error.js'
export type { Listener, ListenOptions } from './listener.js'
export type { RequestInfo } from './request-handler.js'
export type { Answer } from './pipeline/answer.js'
export type { Duration, MockClock } from './mock-clock.js'
export type { IdKind, IdSource } from './ids.js'
export type { RandomSource } from './random-source.js'
export type { LoggedRequest, RequestFilter } from './pipeline/request-log.js'
export { faults, type FaultEntry, type FaultName, type FaultParameters } from './faults/catalogue.js'
export {
  findingRules,
  type Finding,
  type FindingFacts,
  type FindingRule,
  type FindingRuleEntry,
  type LintRule,
} from './findings/finding.js'
export type { Expectation, FaultScope } from './faults/fault.js'
export type { ActiveFault } from './faults/fault-engine.js'
export type { FaultMatch } from './faults/fault-entry.js'
export {
  scenarios,
  type ActiveScenario,
  type ScenarioEntry,
  type ScenarioName,
  type ScenarioParameters,
} from './scenarios/start-scenario.js'
export type { NetworkEngine } from './faults/transport-error.js'
export type { MockState } from './state/mock-state.js'
export type { Wait } from './wait.js'
export type { Stage } from './pipeline/pipeline.js'
export type { EndpointName } from './pipeline/exchange.js'
export type { ScopeLabels } from './protocol/scope.js'
export type { PublicSigningJwk } from './keys/signing-key.js'
export type {
  ClientStore,
  GrantType,
  MockClient,
  RegisteredClient,
  TokenEndpointAuthMethod,
} from './stores/client-store.js'
export type { UserControl } from './account-control.js'
export type { Grant } from './stores/grant.js'
export type { GrantStore } from './stores/grant-store.js'
export type { MockUser, UserStore } from './stores/user-store.js'
export type {
  MockPersonalAccessToken,
  PersonalAccessToken,
  PersonalAccessTokenStore,
} from './stores/personal-access-token-store.js'
