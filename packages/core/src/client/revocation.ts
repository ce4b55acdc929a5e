import { SpatioAuthError } from '../errors.js'
import type { ClientContext } from './client-context.js'

/**
 * Revokes tokens at the authority, best effort (RFC 7009): the refresh token first, both sent at once with
 * `keepalive`, so that they leave even when the page does. A failure is a `warning` event.
 */
export async function revokeTokens(
  { options, environment, emit }: Pick<ClientContext, 'options' | 'environment' | 'emit'>,
  endpoint: string | null,
  tokens: readonly (string | null)[],
): Promise<void> {
  if (endpoint === null) return
  const revoke = async (token: string): Promise<void> => {
    const startedAt = environment.monotonic()
    const response = await (options.fetch ?? environment.fetch)(endpoint, {
      method: 'POST',
      body: new URLSearchParams({ token, client_id: options.clientId }),
      cache: 'no-store',
      credentials: 'omit',
      keepalive: true,
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
    })
    const durationMs = Math.round(environment.monotonic() - startedAt)
    emit('request', { endpoint: 'revocation', method: 'POST', status: response.status, durationMs })
    if (!response.ok) throw new SpatioAuthError('revocation_failed', { phase: 'sign_out' })
  }
  const results = await Promise.allSettled(tokens.filter((token) => token !== null).map(revoke))
  if (results.some(({ status }) => status === 'rejected')) emit('warning', { code: 'revocation_failed' })
}
