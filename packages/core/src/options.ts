import type { SpatioAuthErrorCode } from './error-code.js'
import { SpatioAuthError } from './errors.js'
import type { SpatioAuthEvent } from './events.js'

/**
 * A place of the app's own for the session record, such as IndexedDB or a native shell's key store. `key` names issuer
 * and client. A call that takes longer than two seconds counts as failed.
 */
export interface SessionStorage {
  readonly get: (key: string) => Promise<string | null>
  /** Rejects when the value was not kept. */
  readonly set: (key: string, value: string) => Promise<void>
  readonly remove: (key: string) => Promise<void>
  /** True when every tab reads the same record: one session, and one refresh, for all of them. @default false */
  readonly isShared?: boolean
}

/** What `createSpatioAuth` takes; `clientId` is enough. Every duration is in seconds. */
export interface SpatioAuthOptions {
  /** The client_id of this app, as registered. Required. */
  readonly clientId: string
  /** Compared as a string with the metadata; https, or http on a loopback host. @default 'https://api.spatio.app' */
  readonly issuer?: string
  /** Path (resolved against the page's origin when used) the authority sends the user back to. @default '/' */
  readonly redirectPath?: string
  /** The same as a whole URL; wins over `redirectPath`. */
  readonly redirectUri?: string
  /**
   * Path of a page of this origin that loads `@spatio-labs/auth/relay` and nothing else: where the answers of
   * popups and hidden frames arrive. Registered at the authority like `redirectPath`, and not the same. @default none
   */
  readonly relayPath?: string
  /** When nothing is stored, ask the authority with `prompt=none` at load, by a redirect or in a hidden frame. @default 'off' */
  readonly silentOnLoad?: 'off' | 'redirect' | 'iframe'
  /** Space-separated; must hold `openid`. @default 'openid profile email' */
  readonly scope?: string
  /** Where the token set is kept: this tab, this page's memory, all tabs, or a place of your own. @default 'session' */
  readonly storage?: 'session' | 'memory' | 'local' | SessionStorage
  /** Origins `auth.fetch` may send the token to, beside the issuer's. @default [] */
  readonly allowedOrigins?: readonly string[]
  /** Value of the `X-Workspace-ID` header of `auth.fetch`. @default none */
  readonly workspaceId?: string | (() => string | undefined)
  /** Seconds before expiry at which a visible tab refreshes; never more than a third of the lifetime. @default 60 */
  readonly refreshBefore?: number
  /** Seconds a request to the authority may take, headers and body. @default 10 */
  readonly requestTimeout?: number
  /** Seconds to wait for another tab's refresh. @default 60 */
  readonly lockTimeout?: number
  /** Seconds within which `ready()` settles. @default 5 */
  readonly readyTimeout?: number
  /** Seconds a sign-in may stay at the authority. @default 600 */
  readonly transactionLifetime?: number
  /** Seconds of tolerance in every comparison of times. @default 60 */
  readonly clockTolerance?: number
  /** Seconds since `iat` that a fresh id_token may have, beside the tolerance. @default 600 */
  readonly maxTokenAge?: number
  /** Seconds without input, in any tab, after which the user is signed out everywhere here. @default none */
  readonly idleTimeout?: number
  /** Send `prompt=login` with the first sign-in after a sign-out: Spatio has no end_session. @default true */
  readonly reauthenticateAfterSignOut?: boolean
  /** Scopes without which a sign-in is refused as `scope_insufficient`. @default [] */
  readonly requiredScopes?: readonly string[]
  /** Goes to a same-origin URL inside the app after a callback. @default history.replaceState and a popstate event */
  readonly navigate?: (to: string) => void
  /** Used for every request. @default the page's fetch */
  readonly fetch?: typeof fetch
  /** Is told every event, redacted as they all are: hand it to your log. @default none */
  readonly logger?: (event: SpatioAuthEvent) => void
  /** Where the error codes are explained, if you host the page yourself; of the page's last client. @default Spatio's */
  readonly docsUrl?: string
}

type Optional =
  'redirectUri' | 'relayPath' | 'workspaceId' | 'idleTimeout' | 'navigate' | 'fetch' | 'logger' | 'docsUrl'

/** Every option with its default; the optional ones that have none stay optional. */
export type ResolvedOptions = Required<Omit<SpatioAuthOptions, Optional>> & Pick<SpatioAuthOptions, Optional>

/** Seconds. */
const DURATIONS = {
  refreshBefore: 60,
  requestTimeout: 10,
  lockTimeout: 60,
  readyTimeout: 5,
  transactionLifetime: 600,
  clockTolerance: 60,
  maxTokenAge: 600,
}

const DEFAULTS: Omit<ResolvedOptions, 'clientId' | Optional> = {
  issuer: 'https://api.spatio.app',
  redirectPath: '/',
  silentOnLoad: 'off',
  scope: 'openid profile email',
  storage: 'session',
  allowedOrigins: [],
  ...DURATIONS,
  reauthenticateAfterSignOut: true,
  requiredScopes: [],
}

/**
 * Fills in the defaults once and refuses what cannot work, before anything is sent. What is refused is named; its
 * sentence is among the development messages.
 * @throws SpatioAuthError `config_invalid`, `insecure_endpoint`
 */
export function resolveOptions(options: SpatioAuthOptions): ResolvedOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const resolved = { ...DEFAULTS, ...Object.fromEntries(given) } as unknown as ResolvedOptions
  const { clientId, storage, idleTimeout, issuer } = resolved
  demand(typeof clientId === 'string' && clientId !== '', 'clientId')
  demand(resolved.scope.split(' ').includes('openid'), 'scope')
  demand(typeof storage === 'object' || /^(session|memory|local)$/.test(storage), 'storage')
  for (const name of Object.keys(DURATIONS) as (keyof typeof DURATIONS)[])
    demand(Number.isFinite(resolved[name]) && resolved[name] >= 0, name)
  demand(resolved.clockTolerance <= 300, 'clockTolerance > 300')
  demand(idleTimeout === undefined || idleTimeout > 0, 'idleTimeout')
  if (resolved.docsUrl !== undefined) demand(isSecureUrl(parse(resolved.docsUrl, 'docsUrl')), 'docsUrl')
  // An issuer has no query or fragment (RFC 8414 2).
  const issuerUrl = parse(issuer, 'issuer')
  demand(!/[?#]/.test(issuer) && issuerUrl.username === '', 'issuer')
  demand(isSecureUrl(issuerUrl), 'issuer', 'insecure_endpoint')
  requireRedirect(resolved)
  return { ...resolved, allowedOrigins: resolved.allowedOrigins.map(toOrigin) }
}

/** https anywhere, http on this machine only (OAuth 2.1 1.5). */
export function isSecureUrl({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname))
  )
}

/** The redirect URI as it is sent and compared. */
export function toRedirectUri(options: ResolvedOptions, origin: string): string {
  return options.redirectUri ?? new URL(options.redirectPath, origin).href
}

/** Only the terminating slash is removed; the issuer is compared whole (OIDC Discovery 4.1, 4.3). */
export function toMetadataUrl({ issuer }: Pick<ResolvedOptions, 'issuer'>): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** Where popups and hidden frames bring their answers. @throws SpatioAuthError `config_invalid` without `relayPath` */
export function toRelayUri({ relayPath }: ResolvedOptions, origin: string): string {
  demand(relayPath !== undefined, 'relayPath is missing')
  return new URL(relayPath, origin).href
}

function requireRedirect({ redirectUri, redirectPath, relayPath, silentOnLoad }: ResolvedOptions): void {
  if (redirectUri === undefined) demand(isPath(redirectPath), 'redirectPath')
  else {
    // A redirect URI carries no fragment (OAuth 2.1 2.3).
    const url = parse(redirectUri, 'redirectUri')
    demand(!redirectUri.includes('#'), 'redirectUri')
    demand(isSecureUrl(url), 'redirectUri', 'insecure_endpoint')
  }
  demand(/^(off|redirect|iframe)$/.test(silentOnLoad), 'silentOnLoad')
  if (relayPath === undefined) return demand(silentOnLoad !== 'iframe', 'relayPath is missing')
  demand(isPath(relayPath), 'relayPath')
  // The relay only passes answers on: a redirect that ended there would never be finished.
  const pathOf = (path: string): string => new URL(path, 'http://localhost').pathname
  demand(pathOf(relayPath) !== pathOf(redirectUri ?? redirectPath), 'relayPath is the redirect path')
}

function isPath(value: string): boolean {
  return /^\/(?![/\\])[^#]*$/.test(value)
}

function toOrigin(value: string): string {
  const { origin } = parse(value, 'allowedOrigins')
  demand(origin !== 'null', 'allowedOrigins')
  return origin
}

function parse(value: string, detail: string): URL {
  demand(URL.canParse(value), detail)
  return new URL(value)
}

function demand(
  isRight: boolean,
  detail: string,
  code: SpatioAuthErrorCode = 'config_invalid',
): asserts isRight {
  if (!isRight) throw new SpatioAuthError(code, { phase: 'configuration', detail })
}

/** Marks a `state` as ours, so that another library's callback on the same page is left alone. */
export const STATE_PREFIX = 'sp1.'
