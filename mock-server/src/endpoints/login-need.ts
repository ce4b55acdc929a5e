import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import type { LoginSession } from '../stores/login-session-store.js'

/** Whether the user must prove again who they are before this request is answered (OIDC Core 3.1.2.1). */
export function isLoginNeeded(
  request: AuthorizationRequest,
  session: LoginSession | undefined,
  now: number,
): boolean {
  if (!session || request.prompt === 'login') return true
  if (request.maxAge === undefined) return false
  return request.maxAge === 0 || Math.floor(now / 1000) - session.authTime > request.maxAge
}
