import type { Authority } from '../authority.js'
import type { EndpointName, Exchange } from '../pipeline/exchange.js'
import type { Stage, StageValues } from '../pipeline/pipeline.js'

/**
 * What a good client makes of a fault: `reject` (no session), `tolerate` (the sign-in succeeds), `end-session`
 * (interactive sign-in next), `keep-session` (and try again later), `either` (both are right when documented),
 * `show-error` (the person is told), `ignore` (as if nothing had come).
 */
export type Expectation =
  'reject' | 'tolerate' | 'end-session' | 'keep-session' | 'either' | 'show-error' | 'ignore'

/** Where a fault strikes unless it is told otherwise. */
export interface FaultScope {
  endpoint?: EndpointName
  grant?: 'authorization_code' | 'refresh_token'
  method?: 'OPTIONS'
  /** Only authorization requests that may not show a page. */
  prompt?: 'none'
}

/** What is known of a fault besides what it does: the catalogue is data. */
export interface FaultFacts {
  /** What is wrong, in a few words. */
  summary: string
  expect: Expectation
  /** The rule that is broken. */
  spec: string
  /** The case of `cases/client.md` whose outcome is the expectation. */
  case?: string
  /** The OpenID conformance module with the same fault. */
  oidf?: string
  /** Requests a client may still send because of it, sign-out and other users apart. @default 0 */
  budget?: number
  /** How often it strikes unless told; `always` where it is a state of the world. @default 1 */
  times?: number | 'always'
  /** What it takes for the full effect. @default 'any' */
  needs?: 'any' | 'port' | 'browser'
}

/** What a fault has at hand when it strikes. */
export interface FaultContext<P> {
  readonly exchange: Exchange
  readonly authority: Authority
  readonly parameters: P
  /** Lets a second part of the same fault strike later, at another stage. Nobody has to meet it. */
  followWith<S extends Stage>(follower: FollowingFault<S>): void
}

/** The part of a fault that waits for a later request. */
export interface FollowingFault<S extends Stage> {
  stage: S
  scope: FaultScope & { path?: string }
  /** How often it strikes. */
  times: number | 'always'
  change(value: StageValues[S]): StageValues[S] | Promise<StageValues[S]>
}

/**
 * One way to be wrong. It changes exactly one thing at one stage; whatever comes after that stage is done as
 * well as ever, so that an id_token with a changed claim is still signed validly.
 */
export interface Fault<S extends Stage = Stage, P extends object = object> extends FaultFacts {
  readonly stage: S
  readonly scope: FaultScope
  readonly defaults: P
  change(value: StageValues[S], context: FaultContext<P>): StageValues[S] | Promise<StageValues[S]>
  /** Is called when it is switched on; what it returns stands in for `change`. */
  begin?(context: Pick<FaultContext<P>, 'authority' | 'parameters'>): FaultEffect<S, P>
}

/** What a fault does from when it is switched on until it is off again. */
export interface FaultEffect<S extends Stage, P extends object> {
  change(value: StageValues[S], context: FaultContext<P>): StageValues[S] | Promise<StageValues[S]>
  /** Undoes what switching on has done. */
  end(): void
}

/** The parameters of a fault that has none. */
export type NoParameters = Record<never, never>

/** A fault without parameters. */
export function createFault<S extends Stage>(
  stage: S,
  scope: FaultScope,
  facts: FaultFacts,
  change: Fault<S, NoParameters>['change'],
): Fault<S, NoParameters> {
  return { ...facts, stage, scope, defaults: {}, change }
}

/** A fault with parameters, and what they are unless told. */
export function createTunableFault<S extends Stage, P extends object>(
  stage: S,
  scope: FaultScope,
  facts: FaultFacts,
  defaults: P,
  change: Fault<S, P>['change'],
): Fault<S, P> {
  return { ...facts, stage, scope, defaults, change }
}

/** A fault that keeps something between its strikes, or is felt before the first: it has a beginning and an end. */
export function createStandingFault<S extends Stage, P extends object>(
  stage: S,
  scope: FaultScope,
  facts: FaultFacts,
  defaults: P,
  begin: NonNullable<Fault<S, P>['begin']>,
): Fault<S, P> {
  return { ...facts, stage, scope, defaults, begin, change: (value) => value }
}
