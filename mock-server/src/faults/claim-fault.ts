import type { IdTokenClaims } from '../pipeline/pipeline.js'
import { createFault, type Fault, type FaultFacts, type FaultScope, type NoParameters } from './fault.js'

/** A fault in one claim of an id_token. */
export type ClaimFault = Fault<'claims', NoParameters>

/** Where every id_token is made. */
export const anyToken: FaultScope = { endpoint: 'token' }
/** Where an id_token answers an authorization request. */
export const codeGrant: FaultScope = { endpoint: 'token', grant: 'authorization_code' }

/** Someone else, in every fault that needs someone. */
export const stranger = 'https://someone-else.example'

/** A fault in the claims of an id_token. */
export function createClaimFault(
  facts: FaultFacts,
  change: (claims: IdTokenClaims) => IdTokenClaims,
  scope: FaultScope = anyToken,
): ClaimFault {
  return createFault('claims', scope, facts, (claims) => change(claims))
}

/** The claims without one. */
export function omitClaim(claims: IdTokenClaims, name: string): IdTokenClaims {
  return Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))
}
