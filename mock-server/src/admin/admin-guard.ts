import { isLoopbackHost } from '../protocol/loopback-host.js'
import { isConstantTimeEqual } from '../protocol/constant-time-equal.js'
import type { RequestInfo } from '../request-handler.js'

/** The header the admin's token travels in. A page cannot send it elsewhere without a preflight. */
export const adminTokenHeader = 'X-Mock-Token'

/** What the guard compares with. */
export interface AdminGuard {
  token: string
  issuer: () => string
  isRegisteredOrigin: (origin: string) => boolean
}

/** Why an admin request is refused, or undefined when it may pass. */
export interface AdminRefusal {
  status: 401 | 403
  reason: string
}

/**
 * Lets through who is on this machine, speaks to it by its own name, and has the token: a page whose host name
 * was pointed at 127.0.0.1 afterwards (DNS rebinding) has another Host, a page elsewhere another Origin.
 */
export function findAdminRefusal(
  request: Request,
  info: RequestInfo,
  guard: AdminGuard,
): AdminRefusal | undefined {
  const url = new URL(request.url)
  if (!isLoopbackAddress(info.ip ?? '127.0.0.1')) return { status: 403, reason: 'only from this machine' }
  if (!isLoopbackHost(url.hostname) && url.host !== new URL(guard.issuer()).host) {
    return { status: 403, reason: 'the Host is not this server' }
  }
  const origin = request.headers.get('origin')
  if (origin !== null && !isAllowedOrigin(origin, guard)) {
    return { status: 403, reason: 'the Origin is no registered one' }
  }
  // A preflight has no token; it changes nothing and tells only what any registered origin may know.
  if (request.method === 'OPTIONS') return undefined
  const token = request.headers.get(adminTokenHeader) ?? ''
  return isConstantTimeEqual(token, guard.token)
    ? undefined
    : { status: 401, reason: `${adminTokenHeader} is wrong` }
}

/** Whether a page of this origin may use the admin: the issuer's own and those of registered redirect URIs. */
function isAllowedOrigin(origin: string, { issuer, isRegisteredOrigin }: AdminGuard): boolean {
  return origin === new URL(issuer()).origin || isRegisteredOrigin(origin)
}

function isLoopbackAddress(ip: string): boolean {
  return isLoopbackHost(ip.replace(/^::ffff:/i, ''))
}
