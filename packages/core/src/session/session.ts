import type { ResolvedOptions } from '../options.js'
import { toUser } from './user.js'

/** A signed-in user as it is stored. Restored values are shape-checked hints; only the authority decides. */
export interface Session {
  readonly version: 1
  readonly issuer: string
  readonly clientId: string
  /** Random, not a secret: tells one session from the next and names its locks. */
  readonly id: string
  /** Grows with every write, so that a stale read is seen as one (storage is not ordered with locks). */
  readonly revision: number
  readonly accessToken: string
  readonly refreshToken: string | null
  /** The claims are read from it, never stored apart. */
  readonly idToken: string
  readonly scope: string
  /** When the access token arrived, ms since the epoch by this device's clock. */
  readonly receivedAt: number
  /** Seconds from `receivedAt`; null when the authority did not say. */
  readonly expiresIn: number | null
  readonly nonce: string
  readonly tokenEndpoint: string
  readonly revocationEndpoint: string | null
  /** Set before a refresh is sent and removed by its answer: an attempt nobody heard the answer of. ms */
  readonly attemptedAt: number | null
}

export type ParsedSession =
  | { readonly kind: 'session'; readonly session: Session }
  /** Nothing there, or a record of another version or client, which is left alone. */
  | { readonly kind: 'none' }
  | { readonly kind: 'corrupt' }

/** Reads a stored record by its own keys: the store may have been edited, and so may Object.prototype. */
export function parseSession(text: string | null, { issuer, clientId }: ResolvedOptions): ParsedSession {
  if (text === null) return { kind: 'none' }
  const record = parseRecord(text)
  if (record === null) return { kind: 'corrupt' }
  const own = (key: string): unknown => (Object.hasOwn(record, key) ? record[key] : undefined)
  if (own('version') !== 1 || own('issuer') !== issuer || own('clientId') !== clientId) {
    return own('version') === undefined ? { kind: 'corrupt' } : { kind: 'none' }
  }
  const session = {
    version: 1,
    issuer,
    clientId,
    id: own('id'),
    revision: own('revision'),
    accessToken: own('accessToken'),
    refreshToken: own('refreshToken'),
    idToken: own('idToken'),
    scope: own('scope'),
    receivedAt: own('receivedAt'),
    expiresIn: own('expiresIn'),
    nonce: own('nonce'),
    tokenEndpoint: own('tokenEndpoint'),
    revocationEndpoint: own('revocationEndpoint'),
    attemptedAt: own('attemptedAt'),
  }
  return isSession(session) && toUser(session.idToken) !== null
    ? { kind: 'session', session }
    : { kind: 'corrupt' }
}

type Unchecked = { readonly [Key in keyof Session]: unknown }

function isSession(value: Unchecked): value is Session {
  const { id, accessToken, idToken, scope, nonce, refreshToken, tokenEndpoint, revocationEndpoint } = value
  return (
    [id, accessToken, idToken, nonce].every((text) => typeof text === 'string' && text !== '') &&
    typeof scope === 'string' &&
    (refreshToken === null || typeof refreshToken === 'string') &&
    [value.revision, value.receivedAt].every(Number.isFinite) &&
    [value.expiresIn, value.attemptedAt].every((number) => number === null || Number.isFinite(number)) &&
    // An edited endpoint must not carry the tokens to another origin.
    isOnOrigin(tokenEndpoint, value.issuer) &&
    (revocationEndpoint === null || isOnOrigin(revocationEndpoint, value.issuer))
  )
}

function isOnOrigin(url: unknown, issuer: unknown): boolean {
  return (
    typeof url === 'string' && URL.canParse(url) && new URL(url).origin === new URL(String(issuer)).origin
  )
}

function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
