import type { Environment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { ClientContext } from './client-context.js'

/** The pause before the one repetition, and the longest that the authority may ask for (ms). */
const PAUSE = 2000
const LONGEST_PAUSE = 30_000

type RevocationContext = Pick<ClientContext, 'options' | 'environment' | 'emit'>

/**
 * Revokes tokens at the authority, best effort (RFC 7009): the refresh token first, both sent at once with
 * `keepalive`, so that they leave even when the page does. What fails is repeated once, at the latest when the page
 * is left; then it is a `warning` event.
 */
export async function revokeTokens(
  context: RevocationContext,
  endpoint: string | null,
  tokens: readonly (string | null)[],
): Promise<void> {
  if (endpoint === null) return
  const revoke = async (token: string): Promise<void> => {
    const pause = await requestRevocation(context, endpoint, token)
    if (pause === null) return
    await untilDueOrLeaving(context.environment, pause)
    if ((await requestRevocation(context, endpoint, token)) === null) return
    throw new SpatioAuthError('revocation_failed', { phase: 'sign_out' })
  }
  const results = await Promise.allSettled(tokens.filter((token) => token !== null).map(revoke))
  if (results.some(({ status }) => status === 'rejected'))
    context.emit('warning', { code: 'revocation_failed' })
}

/** @returns null when there is no more to do for this token, else the ms to wait before the next attempt */
async function requestRevocation(
  { options, environment, emit }: RevocationContext,
  endpoint: string,
  token: string,
): Promise<number | null> {
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
  const status = response?.status ?? null
  emit('request', { endpoint: 'revocation', method: 'POST', status, durationMs })
  if (response === null) return PAUSE
  // `unsupported_token_type` says that this kind of token cannot be revoked (RFC 7009 2.2.1): nothing to repeat.
  if (response.ok || (status === 400 && (await errorOf(response)) === 'unsupported_token_type')) return null
  const asked = Number(response.headers.get('retry-after') ?? NaN) * 1000
  return asked >= 0 ? Math.min(asked, LONGEST_PAUSE) : PAUSE
}

async function errorOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null)
  return typeof body === 'object' && body !== null && 'error' in body ? body.error : null
}

/** A page that is left does not come back to finish: it sends at once what it still has to send. */
function untilDueOrLeaving({ setTimer, listen }: Environment, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      cancel()
      unlisten()
      resolve()
    }
    const cancel = setTimer(finish, ms)
    const unlisten = listen('pagehide', finish)
  })
}
