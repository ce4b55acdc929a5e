import { secureRandom, type RandomSource } from './random-source.js'
import { spatioScopes, type ScopeLabels } from './protocol/scope.js'
import { demoClient, type MockClient } from './stores/client-store.js'
import type { MockPersonalAccessToken } from './stores/personal-access-token-store.js'
import { demoUsers, type MockUser } from './stores/user-store.js'
import { isLoopbackHost } from './protocol/loopback-host.js'
import { MockServerError } from './mock-server-error.js'
import type { LoggedRequest } from './pipeline/request-log.js'
import { requireStateVersion, type MockState } from './state/mock-state.js'
import { waitByTimer, type Wait } from './wait.js'

/** What a mock can be told. Lifetimes are in seconds; with no option it behaves as Spatio does. */
export interface MockServerOptions {
  /**
   * The issuer, without a slash at its end. Not given, `listen()` replaces it by the real URL.
   * @default 'http://127.0.0.1:4400'
   */
  issuer?: string
  /**
   * What an earlier mock's `saveState()` gave: it goes on where that one stopped. Users, clients and tokens given
   * beside it are added, or replace those with the same id.
   */
  state?: MockState
  /** Who can sign in. @default three demo users */
  users?: readonly MockUser[]
  /** Registered clients. The demo client is there unless one with its id replaces it. */
  clients?: readonly MockClient[]
  /** Personal access tokens that introspection and `/v1` know. @default [] */
  personalAccessTokens?: readonly MockPersonalAccessToken[]
  /** Scopes besides Spatio's four, with the label the consent page shows. Ours: Spatio names no others. */
  additionalScopes?: ScopeLabels
  /** Allow at once, as the first user, without a page. @default false */
  autoConsent?: boolean
  /** Milliseconds since the epoch. @default Date.now */
  clock?: () => number
  /** Source of random bytes. @default the platform's */
  random?: RandomSource
  /** How a delay passes; a test may let it pass at once. @default real time */
  wait?: Wait
  /**
   * Is told of every request once its answer is made, secrets redacted. The answer waits for it, so that what
   * it promises can be kept first.
   */
  onAnswer?: (request: LoggedRequest) => void | Promise<void>
  /** Is told of a mistake in the mock itself, which answers 500. `verify()` throws it as well. */
  onUnexpectedError?: (error: unknown) => void
  /** @default 3600 */
  accessTokenLifetime?: number
  /** @default 3600 (Spatio's hour) */
  idTokenLifetime?: number
  /** @default 60 */
  authorizationCodeLifetime?: number
  /** The absolute end of a refresh token family; rotation does not move it. @default 2592000 (30 days) */
  refreshTokenLifetime?: number
  /** How long a refresh token may lie unused. @default 1209600 (14 days) */
  refreshTokenIdleLifetime?: number
  /** For how long a used refresh token still yields its successor. @default 0 */
  refreshGrace?: number
  /** How long a person stays signed in at the authority. @default 86400 */
  loginSessionLifetime?: number
  /** How long a consent page can be answered. @default 600 */
  authorizationRequestLifetime?: number
  /** Send `iss` with authorization responses (RFC 9207). Spatio does not document it. @default false */
  issParameter?: boolean
  /** Ask introspection for client credentials (RFC 7662 2.1). Spatio does not. @default false */
  introspectionAuth?: boolean
}

/** The options with every default filled in. */
export type ResolvedMockServerOptions = Required<Omit<MockServerOptions, 'issuer' | 'state'>> & {
  state: MockState | undefined
  issuer: string
  /** True when the caller named the issuer, so that `listen()` must not replace it. */
  isIssuerFixed: boolean
  /** Every scope the authority knows. */
  scopes: ScopeLabels
}

const defaults: Required<Omit<MockServerOptions, 'clock' | 'clients' | 'state' | 'users'>> = {
  issuer: 'http://127.0.0.1:4400',
  personalAccessTokens: [],
  additionalScopes: {},
  autoConsent: false,
  random: secureRandom,
  wait: waitByTimer,
  onAnswer: () => undefined,
  onUnexpectedError: () => undefined,
  accessTokenLifetime: 3_600,
  idTokenLifetime: 3_600,
  authorizationCodeLifetime: 60,
  refreshTokenLifetime: 2_592_000,
  refreshTokenIdleLifetime: 1_209_600,
  refreshGrace: 0,
  loginSessionLifetime: 86_400,
  authorizationRequestLifetime: 600,
  issParameter: false,
  introspectionAuth: false,
}

/**
 * Fills in what was not said.
 * @throws MockServerError `invalid_option` for an issuer that cannot be one, `invalid_state`
 */
export function resolveOptions(options: MockServerOptions): ResolvedMockServerOptions {
  const resolved = { ...defaults, ...withoutUndefined(options) }
  const issuerProblem = findIssuerProblem(resolved.issuer)
  if (issuerProblem)
    throw new MockServerError('invalid_option', `issuer ${resolved.issuer}: ${issuerProblem}`)
  const { state } = resolved
  if (state) requireStateVersion(state)
  return {
    ...resolved,
    state,
    users: [...(state?.users ?? []), ...(options.users ?? (state ? [] : demoUsers))],
    personalAccessTokens: [...(state?.personalAccessTokens ?? []), ...resolved.personalAccessTokens],
    clock: options.clock ?? ((): number => Date.now()),
    clients: [...(state?.clients ?? [demoClient]), ...(options.clients ?? [])],
    isIssuerFixed: options.issuer !== undefined,
    scopes: { ...spatioScopes, ...resolved.additionalScopes },
  }
}

function withoutUndefined(options: MockServerOptions): MockServerOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function findIssuerProblem(issuer: string): string | undefined {
  let url: URL
  try {
    url = new URL(issuer)
  } catch {
    return 'an issuer is an absolute URL'
  }
  if (url.search || url.hash) return 'an issuer has no query and no fragment (RFC 8414 2)'
  if (issuer.endsWith('/')) return "leave out the slash at the end, as Spatio's issuer does"
  if (url.protocol === 'https:') return undefined
  if (url.protocol === 'http:' && isLoopbackHost(url.hostname)) return undefined
  return 'an issuer is https, or http on loopback'
}
