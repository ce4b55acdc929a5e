import type { SpatioAuth } from '@spatio-labs/auth'

/**
 * Ends the access token at the authority (RFC 7009) behind the client's back, as an administrator would: the client
 * still believes in it, so its next API call meets a 401, refreshes once and tries again.
 *
 * @returns when it would have expired, in ms since the epoch: as long as the activity says the same, it is the token
 */
export async function expireToken(
  auth: Pick<SpatioAuth, 'getAccessToken' | 'getActivity'>,
  issuer: string,
): Promise<number | null> {
  const token = await auth.getAccessToken()
  const response = await fetch(`${issuer}/oauth2/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  })
  if (!response.ok) throw new Error(`The authority did not revoke the token: ${response.status}`)
  return auth.getActivity().expiresAt
}
