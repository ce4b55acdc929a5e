import type { RequestParameters } from '../protocol/request-parameters.js'
import type { RequestBody } from './request-body.js'

/** The endpoints of the authority, by the names requests are logged and faults are matched under. */
export const endpointNames = [
  'discovery',
  'jwks',
  'authorize',
  'consent',
  'confirm',
  'token',
  'userinfo',
  'introspect',
  'revoke',
  'register',
  'registration',
  'notes',
  'connected-apps',
  'personal-access-tokens',
  'asset',
  'unknown',
] as const

/** One of them. */
export type EndpointName = (typeof endpointNames)[number]

/**
 * One request on its way through the stages, with what is known of it so far. Endpoints fill in `clientId`
 * and `sub` as they learn them, so that a later stage can be matched by client and user.
 */
export interface Exchange {
  readonly request: Request
  readonly url: URL
  readonly endpoint: EndpointName
  /** The path below the issuer's. */
  readonly path: string
  readonly pathParameters: Readonly<Record<string, string>>
  readonly query: RequestParameters
  readonly body: RequestBody
  /** The form, or no parameters when the body is not one. */
  readonly form: RequestParameters
  readonly ip: string
  /** The cookies of the browser; empty when it sent none. */
  readonly cookieHeader: string
  /** Milliseconds since the epoch, by the authority's clock. */
  readonly startedAt: number
  /** `grant_type` of a token request, as sent. */
  readonly grant: string | undefined
  clientId: string | undefined
  sub: string | undefined
  /** True when the browser keeps the authority's cookies back, as it does for third parties. */
  areCookiesBlocked: boolean
  /** Names of the faults that have changed this exchange. */
  readonly appliedFaults: string[]
}
