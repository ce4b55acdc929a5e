/** Spatio's closed list of OAuth error codes (schema `OAuthError`). */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'invalid_token'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'login_required'
  | 'consent_required'
  | 'interaction_required'
  | 'rate_limit_exceeded'

/** A refusal in the words of RFC 6749 5.2, thrown by the checks and turned into a response at one place. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  /**
   * @param code the value of `error`
   * @param description the value of `error_description`: fixed text, never something the request sent
   * @param answer HTTP status (400 unless told) and extra headers
   */
  constructor(
    code: OAuthErrorCode,
    description: string,
    answer: { status?: number; headers?: Record<string, string> } = {},
  ) {
    super(toErrorDescription(description))
    this.name = 'OAuthError'
    this.code = code
    this.status = answer.status ?? 400
    this.headers = answer.headers ?? {}
  }
}

/** The characters RFC 6749 5.2 lets an error_description have: printable ASCII without `"` and `\`. */
export function toErrorDescription(text: string): string {
  return text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '').slice(0, 300)
}
