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

/** Null: nothing there, or a record of another version or client, which is left alone. */
export type ParsedSession = Session | 'corrupt' | null

/** Reads a stored record by its own keys: the store may have been edited, and so may Object.prototype. */
export function parseSession(text: string | null, { issuer, clientId }: ResolvedOptions): ParsedSession {
  if (text === null) return null
  const record = parseRecord(text)
  if (record.version === undefined) return 'corrupt'
  if (record.version !== 1 || record.issuer !== issuer || record.clientId !== clientId) return null
  return isSession(record) ? record : 'corrupt'
}

type Unchecked = { readonly [Key in keyof Session]?: unknown }

function isSession(value: Unchecked): value is Session {
  const { issuer, idToken, refreshToken, tokenEndpoint, revocationEndpoint } = value
  return (
    [value.id, value.accessToken, idToken, value.nonce].every(isText) &&
    typeof value.scope === 'string' &&
    (refreshToken === null || typeof refreshToken === 'string') &&
    [value.revision, value.receivedAt].every(Number.isFinite) &&
    [value.expiresIn, value.attemptedAt].every((number) => number === null || Number.isFinite(number)) &&
    // An edited endpoint must not carry the tokens to another origin.
    isOnOrigin(tokenEndpoint, issuer) &&
    (revocationEndpoint === null || isOnOrigin(revocationEndpoint, issuer)) &&
    toUser(idToken as string) !== null
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isOnOrigin(url: unknown, issuer: unknown): boolean {
  return (
    typeof url === 'string' && URL.canParse(url) && new URL(url).origin === new URL(String(issuer)).origin
  )
}

/** Without a prototype, so that a member is the record's own or missing; what is no object has none. */
function parseRecord(text: string): Unchecked {
  try {
    return Object.assign(Object.create(null) as Unchecked, JSON.parse(text))
  } catch {
    return {}
  }
}
