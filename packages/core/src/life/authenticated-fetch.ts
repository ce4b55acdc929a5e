import { SpatioAuthError } from '../errors.js'
import type { Environment } from '../environment.js'
import type { ResolvedOptions } from '../options.js'
import type { GetToken } from './access-token.js'

/** A request that was answered with 401. */
export interface RefusedRequest {
  readonly response: Response
  /** What it carried. */
  readonly token: string
  /** A copy, not yet sent. */
  readonly request: Request
  readonly send: (request: Request, token: string) => Promise<Response>
}

/** What it needs of a client, so that the one for tests sends as the real one does. */
export interface FetchContext {
  readonly options: Pick<ResolvedOptions, 'issuer' | 'allowedOrigins' | 'workspaceId' | 'fetch'>
  readonly environment: {
    readonly location: Pick<Location, 'origin'>
    readonly fetch: Environment['fetch']
  }
}

/**
 * `fetch` with the access token, for the issuer's origin and the allowed ones only.
 * @param repeat gives the answer in place of a 401
 */
export async function authenticatedFetch(
  context: FetchContext,
  getToken: GetToken,
  [input, init]: Parameters<typeof fetch>,
  repeat: (refused: RefusedRequest) => Promise<Response>,
): Promise<Response> {
  // Resolved against the page's origin, never against a `<base href>` that somebody injected.
  const url =
    input instanceof Request ? input.url : new URL(String(input), context.environment.location.origin).href
  requireAllowedOrigin(context, url)
  const request = new Request(input instanceof Request ? input : url, init)
  request.signal.throwIfAborted()
  const again = request.clone()
  const token = await getToken({ signal: request.signal })
  const response = await send(context, request, token)
  if (response.status === 401) {
    const refused = { response, token, request: again }
    return repeat({ ...refused, send: (copy, next) => send(context, copy, next) })
  }
  // The copy would keep the body of an upload in memory.
  void again.body?.cancel()
  return response
}

function requireAllowedOrigin({ options }: FetchContext, url: string): void {
  const { origin } = new URL(url)
  // Equality of origins: no prefix and no pattern (CVE-2018-11537).
  const isSame = (allowed: string) => new URL(allowed).origin === origin
  if (isSame(options.issuer) || options.allowedOrigins.some(isSame)) return
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
  const { type, status } = response
  // A browser hides what it was; others show it.
  if (type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304))
    throw new SpatioAuthError('redirect_rejected', { phase: 'fetch' })
  return response
}
