import type { GetToken } from './access-token.js'
import type { RefusedRequest } from './authenticated-fetch.js'

/**
 * A token may be revoked early (RFC 6750 3.1): one refresh and one more request, whose answer is the app's. Other
 * 401s, and those for which there is no other token, are the app's at once.
 * @param current the session's access token, null without one
 */
export async function repeatRefused(
  { response, token, request, send }: RefusedRequest,
  current: string | null,
  getToken: GetToken,
): Promise<Response> {
  const isRenewed = current !== null && current !== token
  const { signal } = request
  const next = isTokenRefused(response)
    ? await getToken({ signal, forceRefresh: !isRenewed, trigger: 'unauthorized' }).catch(() => null)
    : null
  if (next === null) return response
  await response.body?.cancel()
  return send(request, next)
}

/** A challenge that names another error is no matter of the token; without CORS it cannot be read. */
function isTokenRefused({ headers }: Response): boolean {
  const challenge = headers.get('www-authenticate') ?? ''
  return !challenge.includes('error=') || challenge.includes('invalid_token')
}
