import type { Front } from './front.js'

/**
 * Revokes tokens at the authority, best effort (RFC 7009): the refresh token first, all sent at once with
 * `keepalive`, so that they leave even when the page does. What fails is repeated once; then it is a `warning` event.
 */
export async function revokeTokens(
  front: Front,
  endpoint: string | null,
  tokens: readonly (string | null)[],
): Promise<void> {
  if (endpoint === null) return
  const revoke = async (token: string | null): Promise<boolean> => {
    if (token === null) return true
    const response = await requestRevocation(front, endpoint, token)
    if (response?.ok) return true
    const life = front.life ?? (await front.requireLife().catch(() => null))
    return life?.repeatRevocation(response, () => requestRevocation(front, endpoint, token)) ?? false
  }
  const results = await Promise.all(tokens.map(revoke))
  if (results.includes(false)) front.emit('warning', { code: 'revocation_failed' })
}

/** Null where there was no answer. */
async function requestRevocation(
  { tab: { options, environment }, emit }: Front,
  endpoint: string,
  token: string,
): Promise<Response | null> {
  const startedAt = environment.monotonic()
  const response = await (options.fetch ?? environment.fetch)(endpoint, {
    method: 'POST',
    body: new URLSearchParams({ token, client_id: options.clientId }),
    cache: 'no-store',
    credentials: 'omit',
    keepalive: true,
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  }).catch(() => null)
  const durationMs = Math.round(environment.monotonic() - startedAt)
  emit('request', { endpoint: 'revocation', method: 'POST', status: response?.status ?? null, durationMs })
  return response
}
