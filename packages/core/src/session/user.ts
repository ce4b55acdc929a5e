import { toOwnClaims } from '../user-claims.js'
import type { User } from './auth-state.js'

/**
 * The user's own claims of an id_token that was validated before, sorted so that equal claims compare equal. Null when
 * it cannot be read or has no `sub`.
 */
export function toUser(idToken: string): User | null {
  try {
    const base64 = (idToken.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const user = toOwnClaims(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as object)
    return Object.hasOwn(user, 'sub') && typeof user['sub'] === 'string' ? (user as unknown as User) : null
  } catch {
    return null
  }
}

/** Keeps the earlier object while the claims are equal, so that a refresh renders nothing. */
export function keepEqualUser(earlier: User | null, next: User): User {
  return earlier !== null && JSON.stringify(earlier) === JSON.stringify(next) ? earlier : next
}
