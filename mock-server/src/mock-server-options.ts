import { lintRules, type LintRule } from './findings/finding.js'
import { createIdSource, type IdSource } from './ids.js'
import { secureRandom, type RandomSource } from './random-source.js'
import { createSeededRandom, type SeededRandom } from './seeded-random.js'
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
  /** Let whoever answers the consent page pick a fault for what follows. For demos. @default false */
  faultPicker?: boolean
  /**
   * The deterministic mode: with the same seed the same requests get the same bytes, codes, tokens, keys and
   * signatures included. Unless `clock` is given as well, time stands still at the start of 2026.
   */
  seed?: string
  /** Milliseconds since the epoch. @default Date.now */
  clock?: () => number
  /** Source of random bytes. @default the platform's */
  random?: RandomSource
  /** How ids, codes and tokens are made. @default the kind and 32 random bytes */
  ids?: IdSource
  /** WebCrypto for new keys and the signatures of id_tokens. @default crypto.subtle */
  subtle?: SubtleCrypto
  /** How a delay passes; a test may let it pass at once. @default real time */
  wait?: Wait
  /**
   * Is told of every request once its answer is made, secrets redacted. The answer waits for it, so that what
   * it promises can be kept first.
   */
  onAnswer?: (request: LoggedRequest) => void | Promise<void>
  /** Is told of a mistake in the mock itself, which answers 500. `verify()` throws it as well. */
  onUnexpectedError?: (error: unknown) => void
  /**
   * What `verify()` lets pass of its lint: these rules, or all of it with `true`. `findings()` lists them still.
   * A leaked secret is never let pass.
   * @default false
   */
  lenient?: boolean | readonly LintRule[]
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

// Where time stands in the deterministic mode; `clock.advance` moves it.
const seededTime = Date.UTC(2026, 0, 1)

/** The options with every default filled in. */
export type ResolvedMockServerOptions = Required<Omit<MockServerOptions, 'issuer' | 'state' | 'seed'>> & {
  /** The source behind `random` in the deterministic mode. */
  seededRandom: SeededRandom | undefined
  state: MockState | undefined
  issuer: string
  /** True when the caller named the issuer, so that `listen()` must not replace it. */
  isIssuerFixed: boolean
  /** Every scope the authority knows. */
  scopes: ScopeLabels
}

const defaults: Required<
  Omit<MockServerOptions, 'clock' | 'clients' | 'state' | 'users' | 'seed' | 'random' | 'ids' | 'subtle'>
> = {
  issuer: 'http://127.0.0.1:4400',
  personalAccessTokens: [],
  additionalScopes: {},
  autoConsent: false,
  faultPicker: false,
  wait: waitByTimer,
  lenient: false,
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
  const { state, seed, lenient } = resolved
  if (typeof lenient !== 'boolean') requireLintRules(lenient)
  if (state) requireStateVersion(state)
  const seededRandom = seed === undefined ? undefined : createSeededRandom(seed, state?.random)
  const random = resolved.random ?? seededRandom?.source ?? secureRandom
  return {
    ...resolved,
    state,
    users: [...(state?.users ?? []), ...(options.users ?? (state ? [] : demoUsers))],
    personalAccessTokens: [...(state?.personalAccessTokens ?? []), ...resolved.personalAccessTokens],
    seededRandom,
    random,
    ids: resolved.ids ?? createIdSource(random),
    subtle: resolved.subtle ?? crypto.subtle,
    clock: resolved.clock ?? (seed === undefined ? (): number => Date.now() : (): number => seededTime),
    clients: [...(state?.clients ?? [demoClient]), ...(options.clients ?? [])],
    isIssuerFixed: options.issuer !== undefined,
    scopes: { ...spatioScopes, ...resolved.additionalScopes },
  }
}

function requireLintRules(rules: readonly string[]): void {
  const unknown = rules.find((rule) => !lintRules.some((known) => known === rule))
  if (unknown === undefined) return
  throw new MockServerError('invalid_option', `lenient: there is no lint rule ${JSON.stringify(unknown)}`)
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
