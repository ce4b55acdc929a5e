import { describeError } from '#messages'
import type { SpatioAuthErrorCode } from './error-code.js'

/** The step of a session's life in which an error arose. */
export type SpatioAuthErrorPhase =
  | 'configuration'
  | 'discovery'
  | 'authorization_request'
  | 'callback'
  | 'token'
  | 'id_token'
  | 'jwks'
  | 'refresh'
  | 'userinfo'
  | 'introspection'
  | 'registration'
  | 'sign_out'
  | 'storage'
  | 'fetch'

/** The authority's own OAuth error (RFC 6749 4.1.2.1, 5.2). Text from outside: show it as text only. */
export interface OAuthError {
  readonly error: string
  /** Printable ASCII, cut to 256 characters; a secret of ours that it repeats is `***`. */
  readonly description: string | null
}

/** The facts of an error, beside its code. */
export interface SpatioAuthErrorInit {
  readonly phase: SpatioAuthErrorPhase
  /** @default false */
  readonly retryable?: boolean
  readonly oauth?: OAuthError
  /** A fact that helps and holds no secret: a member's name, two issuers, an HTTP status. */
  readonly detail?: string | undefined
}

let docsUrl = 'https://docs.spatio.app/auth/errors'

/** Where errors made from now on say that their code is explained. */
export function setDocsUrl(url: string): void {
  docsUrl = url
}

/** The page that explains a code. */
export function toDocs(code: SpatioAuthErrorCode): string {
  return `${docsUrl}#${code}`
}

/**
 * The one error class. `code` says what happened and never changes its meaning; `message` is for people.
 * Holds no code, verifier, token, header, body or URL with a query, and no `cause`.
 */
export class SpatioAuthError extends Error {
  override readonly name = 'SpatioAuthError'
  readonly code: SpatioAuthErrorCode
  readonly phase: SpatioAuthErrorPhase
  /** The same call may succeed later without a change on the app's side. */
  readonly retryable: boolean
  /** Set when the authority answered with an OAuth error. */
  readonly oauth: OAuthError | undefined
  /** The page that explains the code. */
  readonly docs: string

  constructor(code: SpatioAuthErrorCode, init: SpatioAuthErrorInit) {
    const docs = toDocs(code)
    super(describeError(code, init.detail, docs))
    this.code = code
    this.phase = init.phase
    this.retryable = init.retryable ?? false
    this.oauth = init.oauth
    this.docs = docs
  }
}
