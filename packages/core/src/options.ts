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

/** The options without a default. */
type Optional =
  'redirectUri' | 'relayPath' | 'workspaceId' | 'idleTimeout' | 'navigate' | 'fetch' | 'logger' | 'docsUrl'

/** What a page needs to know who is signed in, with its defaults; the others as they were given. */
export type FrontOptions = SpatioAuthOptions &
  Required<
    Pick<
      SpatioAuthOptions,
      'issuer' | 'redirectPath' | 'silentOnLoad' | 'storage' | 'requestTimeout' | 'readyTimeout'
    >
  >

/** Every option with its default; the optional ones that have none stay optional. */
export type ResolvedOptions = Required<Omit<SpatioAuthOptions, Optional>> & Pick<SpatioAuthOptions, Optional>

/** Only the terminating slash is removed; the issuer is compared whole (OIDC Discovery 4.1, 4.3). */
export function toMetadataUrl({ issuer }: Pick<ResolvedOptions, 'issuer'>): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** Marks a `state` as ours, so that another library's callback on the same page is left alone. */
export const STATE_PREFIX = 'sp1.'
