import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import { createRedirectDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import type { ResponseTarget } from '../protocol/authorization-request.js'
import type { OAuthErrorCode } from '../protocol/oauth-error.js'
import { appendToRedirectUri } from '../protocol/redirect-uri.js'

/** What an authorization response says: a code, or why there is none (RFC 6749 4.1.2). */
export type AuthorizationOutcome =
  { kind: 'code'; code: string } | { kind: 'error'; error: OAuthErrorCode; description: string }

/** Sends the browser back to the client, with the state as it came and, where switched on, `iss` (RFC 9207). */
export async function createAuthorizationResponse(
  exchange: Exchange,
  authority: Authority,
  target: ResponseTarget,
  outcome: AuthorizationOutcome,
): Promise<ResponseDraft> {
  const parameters: [string, string][] =
    outcome.kind === 'code'
      ? [['code', outcome.code]]
      : [
          ['error', outcome.error],
          ['error_description', outcome.description],
        ]
  if (target.state !== undefined) parameters.push(['state', target.state])
  if (authority.options.issParameter) parameters.push(['iss', authority.issuer()])
  const response = await authority.pipeline.run(
    'decision',
    { redirectUri: target.redirectUri, parameters, mode: 'query' },
    exchange,
  )
  const location = appendToRedirectUri(response.redirectUri, response.parameters, response.mode)
  if (response.detour) return response.detour(location)
  // After the consent form's POST a 307 would post the form on to the client (RFC 9700 4.12).
  return createRedirectDraft(exchange.request.method === 'POST' ? 303 : 302, location)
}
