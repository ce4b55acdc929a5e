import { SpatioAuthError } from '../errors.js'
import type { ClientContext } from './client-context.js'
import { withDeadline } from '../session/deadline.js'
import { endUserSession } from '../client/sign-out.js'

/**
 * Withdraws the user's consent at the authority, which ends every token of this app, and only then forgets the session
 * here: the request needs a live token.
 */
export async function disconnectApp(
  context: ClientContext,
  authorizedFetch: (url: string, init: RequestInit) => Promise<Response>,
): Promise<void> {
  const { environment, options, emit } = context
  const path = `/v1/account/connected-apps/${encodeURIComponent(options.clientId)}`
  const startedAt = environment.monotonic()
  const request = authorizedFetch(new URL(path, options.issuer).href, { method: 'DELETE', cache: 'no-store' })
  const response = await withDeadline<Response | null>(
    environment,
    options.requestTimeout,
    request.catch((error: unknown) => {
      // Refused here before anything was sent, or signed out meanwhile: that error says more.
      if (error instanceof SpatioAuthError) throw error
      return null
    }),
    () => null,
  )
  const status = response?.status ?? null
  const durationMs = Math.round(environment.monotonic() - startedAt)
  emit('request', { endpoint: 'connected_apps', method: 'DELETE', status, durationMs })
  // 404: there is no such consent (any more), which is what was asked for.
  if (response?.ok !== true && status !== 404) throw failed(status)
  await endUserSession(context.front, 'signed-out', false)
}

function failed(status: number | null): SpatioAuthError {
  const retryable = status === null || status >= 500 || status === 429
  return new SpatioAuthError('revocation_failed', {
    phase: 'sign_out',
    retryable,
    ...(status !== null && { detail: `status ${status}` }),
  })
}
