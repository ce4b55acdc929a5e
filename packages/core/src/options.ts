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

const DEFAULTS: Omit<ResolvedOptions, 'clientId' | Optional> = {
  issuer: 'https://api.spatio.app',
  redirectPath: '/',
  silentOnLoad: 'off',
  scope: 'openid profile email',
  storage: 'session',
  allowedOrigins: [],
  refreshBefore: 60,
  requestTimeout: 10,
  lockTimeout: 60,
  readyTimeout: 5,
  transactionLifetime: 600,
  clockTolerance: 60,
  maxTokenAge: 600,
  reauthenticateAfterSignOut: true,
  requiredScopes: [],
}

const DURATIONS = [
  'refreshBefore',
  'requestTimeout',
  'lockTimeout',
  'readyTimeout',
  'transactionLifetime',
  'clockTolerance',
  'maxTokenAge',
] as const

/**
 * Fills in the defaults once and refuses what cannot work, before anything is sent.
 * @throws SpatioAuthError `config_invalid`, `insecure_endpoint`
 */
export function resolveOptions(options: SpatioAuthOptions): ResolvedOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const resolved: ResolvedOptions = {
    ...DEFAULTS,
    ...(Object.fromEntries(given) as unknown as SpatioAuthOptions),
  }
  if (typeof resolved.clientId !== 'string' || resolved.clientId === '') throw invalid('clientId is missing')
  if (!resolved.scope.split(' ').includes('openid')) throw invalid('scope must hold openid')
  if (typeof resolved.storage === 'string' && !['session', 'memory', 'local'].includes(resolved.storage))
    throw invalid('storage is not session, memory, local or a storage of your own')
  for (const name of DURATIONS) {
    if (!(Number.isFinite(resolved[name]) && resolved[name] >= 0))
      throw invalid(`${name} is not a number of seconds`)
  }
  if (resolved.clockTolerance > 300) throw invalid('clockTolerance is more than 300 seconds')
  if (resolved.idleTimeout !== undefined && !(resolved.idleTimeout > 0))
    throw invalid('idleTimeout is not a number of seconds')
  requireDocsUrl(resolved.docsUrl)
  requireIssuer(resolved.issuer)
  requireRedirect(resolved)
  requireRelay(resolved)
  return { ...resolved, allowedOrigins: resolved.allowedOrigins.map(toOrigin) }
}

/** https anywhere, http on this machine only (OAuth 2.1 1.5). */
export function isSecureUrl(url: URL): boolean {
  if (url.protocol === 'https:') return true
  return (
    url.protocol === 'http:' && /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  )
}

/** The redirect URI as it is sent and compared. */
export function toRedirectUri(options: ResolvedOptions, origin: string): string {
  return options.redirectUri ?? new URL(options.redirectPath, origin).href
}

/** Where popups and hidden frames bring their answers. @throws SpatioAuthError `config_invalid` without `relayPath` */
export function toRelayUri({ relayPath }: ResolvedOptions, origin: string): string {
  if (relayPath === undefined) throw invalid('relayPath is missing')
  return new URL(relayPath, origin).href
}

function requireDocsUrl(docsUrl: string | undefined): void {
  if (docsUrl === undefined) return
  const url = parse(docsUrl)
  if (url === null || !isSecureUrl(url)) throw invalid('docsUrl is not an https URL')
}

function requireIssuer(issuer: string): void {
  const url = parse(issuer)
  // An issuer has no query or fragment (RFC 8414 2).
  if (url === null || /[?#]/.test(issuer) || url.username !== '') throw invalid('issuer is not an issuer URL')
  if (!isSecureUrl(url))
    throw new SpatioAuthError('insecure_endpoint', { phase: 'configuration', detail: 'issuer' })
}

function requireRedirect({ redirectUri, redirectPath }: ResolvedOptions): void {
  // A redirect URI carries no fragment (OAuth 2.1 2.3).
  if (redirectUri === undefined) {
    if (!isPath(redirectPath)) throw invalid('redirectPath is not a path without a fragment')
    return
  }
  const url = parse(redirectUri)
  if (url === null || redirectUri.includes('#')) throw invalid('redirectUri is not a URL without a fragment')
  if (!isSecureUrl(url))
    throw new SpatioAuthError('insecure_endpoint', { phase: 'configuration', detail: 'redirectUri' })
}

function requireRelay({ relayPath, redirectPath, redirectUri, silentOnLoad }: ResolvedOptions): void {
  if (!['off', 'redirect', 'iframe'].includes(silentOnLoad))
    throw invalid('silentOnLoad is not off, redirect or iframe')
  if (relayPath === undefined) {
    if (silentOnLoad === 'iframe') throw invalid('silentOnLoad: iframe needs relayPath')
    return
  }
  if (!isPath(relayPath)) throw invalid('relayPath is not a path without a fragment')
  // The relay only passes answers on: a redirect that ended there would never be finished.
  const redirect = redirectUri ?? redirectPath
  if (new URL(relayPath, 'http://localhost').pathname === new URL(redirect, 'http://localhost').pathname)
    throw invalid('relayPath is the redirect path')
}

function isPath(value: string): boolean {
  return /^\/(?![/\\])[^#]*$/.test(value)
}

function toOrigin(value: string): string {
  const url = parse(value)
  if (url === null || url.origin === 'null')
    throw invalid('allowedOrigins holds something that is not an origin')
  return url.origin
}

function parse(value: string): URL | null {
  try {
    return new URL(value)
  } catch {
    return null
  }
}

function invalid(detail: string): SpatioAuthError {
  return new SpatioAuthError('config_invalid', { phase: 'configuration', detail })
}

/** Marks a `state` as ours, so that another library's callback on the same page is left alone. */
export const STATE_PREFIX = 'sp1.'
