import { toOwnClaims } from '../user-claims.js'
import type { User } from './auth-state.js'

/** The payload of a JWT that was validated before, or null when it cannot be read. */
export function decodeClaims(idToken: string): Record<string, unknown> | null {
  try {
    const base64 = (idToken.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** The user's own claims, sorted so that equal claims compare equal. Null when there is no `sub`. */
export function toUser(idToken: string): User | null {
  const claims = decodeClaims(idToken)
  if (claims === null || !Object.hasOwn(claims, 'sub') || typeof claims['sub'] !== 'string') return null
  return toOwnClaims(claims) as unknown as User
}

/** Keeps the earlier object while the claims are equal, so that a refresh renders nothing. */
export function keepEqualUser(earlier: User | null, next: User): User {
  return earlier !== null && JSON.stringify(earlier) === JSON.stringify(next) ? earlier : next
}
