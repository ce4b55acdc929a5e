import { SpatioAuthError } from '../errors.js'
import type { InternalTokenOptions } from './access-token.js'
import type { ClientContext } from './client-context.js'

/** What it needs of a client, so that the one for tests sends as the real one does. */
export interface FetchContext {
  readonly options: Pick<ClientContext['options'], 'issuer' | 'allowedOrigins' | 'workspaceId' | 'fetch'>
  readonly environment: {
    readonly location: Pick<Location, 'origin'>
    readonly fetch: ClientContext['environment']['fetch']
  }
  readonly store: Pick<ClientContext['store'], 'current'>
}

/** `fetch` with the access token, for the issuer's origin and the allowed ones only. */
export async function authenticatedFetch(
  context: FetchContext,
  accessToken: (options: InternalTokenOptions) => Promise<string>,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  const { environment, store } = context
  // Resolved against the page's origin, never against a `<base href>` that somebody injected.
  const url = input instanceof Request ? input.url : new URL(String(input), environment.location.origin).href
  requireAllowedOrigin(context, url)
  const request = input instanceof Request ? new Request(input, init) : new Request(url, init)
  const { signal } = request
  const again = request.clone()
  const token = await accessToken({ signal })
  const response = await send(context, request, token)
  if (!isTokenRefused(response)) {
    // The copy would keep the body of an upload in memory.
    void again.body?.cancel()
    return response
  }
  // Revoked early (RFC 6750 3.1): one refresh and one retry; the second answer is the app's.
  const isRenewed = store.current() !== null && store.current()?.accessToken !== token
  const next = await accessToken({ signal, forceRefresh: !isRenewed, trigger: 'unauthorized' }).catch(
    () => null,
  )
  if (next === null) return response
  await response.body?.cancel()
  return send(context, again, next)
}

/** A challenge that names another error is no matter of the token; without CORS it cannot be read. */
function isTokenRefused({ status, headers }: Response): boolean {
  const challenge = headers.get('www-authenticate') ?? ''
  return status === 401 && (!challenge.includes('error=') || challenge.includes('invalid_token'))
}

function requireAllowedOrigin({ options }: FetchContext, url: string): void {
  const { origin } = new URL(url)
  // Equality of origins: no prefix and no pattern (CVE-2018-11537).
  if (origin === new URL(options.issuer).origin || options.allowedOrigins.includes(origin)) return
  throw new SpatioAuthError('foreign_origin_rejected', { phase: 'fetch', detail: origin })
}

async function send(
  { options, environment }: FetchContext,
  request: Request,
  token: string,
): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set('Authorization', `Bearer ${token}`)
  const workspaceId = typeof options.workspaceId === 'function' ? options.workspaceId() : options.workspaceId
  if (workspaceId !== undefined && !headers.has('X-Workspace-ID')) headers.set('X-Workspace-ID', workspaceId)
  // A redirect could carry the token elsewhere, so none is followed (RFC 9700 4.9).
  const authorized = new Request(request, { headers, redirect: 'manual' })
  const response = await (options.fetch ?? environment.fetch)(authorized)
  if (
    response.type === 'opaqueredirect' ||
    (response.status >= 300 && response.status < 400 && response.status !== 304)
  ) {
    throw new SpatioAuthError('redirect_rejected', { phase: 'fetch' })
  }
  return response
}
