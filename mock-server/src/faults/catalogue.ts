import { authorizeFaults, type AuthorizeFaults } from './authorize-faults.js'
import { browserStateFaults, type BrowserStateFaults } from './browser-state-faults.js'
import { callbackFaults, type CallbackFaults } from './callback-faults.js'
import { callbackTimingFaults, type CallbackTimingFaults } from './callback-timing-faults.js'
import { clockFaults, type ClockFaults } from './clock-faults.js'
import { corsFaults, type CorsFaults } from './cors-faults.js'
import { discoveryFaults, type DiscoveryFaults } from './discovery-faults.js'
import type { Fault, FaultFacts, FaultScope } from './fault.js'
import { httpFaults, type HttpFaults } from './http-faults.js'
import { idClaimFaults, type IdClaimFaults } from './id-claim-faults.js'
import { idSignatureFaults, type IdSignatureFaults } from './id-signature-faults.js'
import { idTimeFaults, type IdTimeFaults } from './id-time-faults.js'
import { jwksDocumentFaults, type JwksDocumentFaults } from './jwks-document-faults.js'
import { jwksSigningFaults, type JwksSigningFaults } from './jwks-signing-faults.js'
import { refreshFaults, type RefreshFaults } from './refresh-faults.js'
import { portFaults, type PortFaults } from './port-faults.js'
import { refreshOrderFaults, type RefreshOrderFaults } from './refresh-order-faults.js'
import { resourceFaults, type ResourceFaults } from './resource-faults.js'
import { tokenFaults, type TokenFaults } from './token-faults.js'
import { transportFaults, type TransportFaults } from './transport-faults.js'
import type { Stage } from '../pipeline/pipeline.js'

/** Every fault by its name. */
export type FaultCatalogue = DiscoveryFaults &
  JwksDocumentFaults &
  JwksSigningFaults &
  IdClaimFaults &
  IdTimeFaults &
  IdSignatureFaults &
  CallbackFaults &
  CallbackTimingFaults &
  AuthorizeFaults &
  TokenFaults &
  RefreshFaults &
  RefreshOrderFaults &
  ResourceFaults &
  HttpFaults &
  TransportFaults &
  PortFaults &
  CorsFaults &
  BrowserStateFaults &
  ClockFaults

/** The name of a fault. Names are stable once published. */
export type FaultName = keyof FaultCatalogue

/** What a fault can be told. */
export type FaultParameters<N extends FaultName> = FaultCatalogue[N]['defaults']

/** Every fault by its name. */
export const catalogue: FaultCatalogue = {
  ...discoveryFaults,
  ...jwksDocumentFaults,
  ...jwksSigningFaults,
  ...idClaimFaults,
  ...idTimeFaults,
  ...idSignatureFaults,
  ...callbackFaults,
  ...callbackTimingFaults,
  ...authorizeFaults,
  ...tokenFaults,
  ...refreshFaults,
  ...refreshOrderFaults,
  ...resourceFaults,
  ...httpFaults,
  ...transportFaults,
  ...portFaults,
  ...corsFaults,
  ...browserStateFaults,
  ...clockFaults,
}

/** One line of the catalogue: the fault as data. */
export interface FaultEntry extends Required<
  Pick<FaultFacts, 'summary' | 'expect' | 'spec' | 'budget' | 'needs'>
> {
  readonly name: FaultName
  readonly stage: Stage
  readonly scope: FaultScope
  /** How often it strikes unless told. */
  readonly times: number | 'always'
  /** The case of the client's list whose outcome is the expectation. */
  readonly case: string | undefined
  /** The OpenID conformance module with the same fault. */
  readonly oidf: string | undefined
  /** What it can be told, with the values it has unless told. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** The catalogue as data: to loop over in a test, to list, to document. */
export const faults: readonly FaultEntry[] = (Object.entries(catalogue) as [FaultName, Fault][]).map(toEntry)

function toEntry([name, fault]: [FaultName, Fault]): FaultEntry {
  const { stage, scope, summary, expect, spec, budget = 0, needs = 'any', times = 1, oidf, defaults } = fault
  return {
    name,
    stage,
    scope,
    summary,
    expect,
    spec,
    budget,
    needs,
    times,
    case: fault.case,
    oidf,
    parameters: { ...defaults },
  }
}
