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
export function setDocsUrl(url: string = docsUrl): void {
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
  declare readonly name: 'SpatioAuthError'
  declare readonly code: SpatioAuthErrorCode
  declare readonly phase: SpatioAuthErrorPhase
  /** The same call may succeed later without a change on the app's side. */
  declare readonly retryable: boolean
  /** Set when the authority answered with an OAuth error. */
  declare readonly oauth: OAuthError | undefined
  /** The page that explains the code. */
  declare readonly docs: string

  constructor(code: SpatioAuthErrorCode, { phase, retryable = false, oauth, detail }: SpatioAuthErrorInit) {
    const docs = toDocs(code)
    super(describeError(code, detail, docs))
    Object.assign(this, { name: 'SpatioAuthError', code, phase, retryable, oauth, docs })
  }
}
