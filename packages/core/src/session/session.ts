import type { FrontOptions } from '../options.js'
import type { User } from './auth-state.js'

/** A signed-in user as it is stored. Restored values are shape-checked hints; only the authority decides. */
export interface Session {
  readonly version: 2
  readonly issuer: string
  readonly clientId: string
  /** Random, not a secret: tells one session from the next and names its locks. */
  readonly id: string
  /** Grows with every write, so that a stale read is seen as one (storage is not ordered with locks). */
  readonly revision: number
  readonly accessToken: string
  readonly refreshToken: string | null
  /** The user's own claims of the id_token, which itself is not kept. */
  readonly user: User
  /** `auth_time` and `iat` of the id_token, which the next one must continue (OIDC Core 12.2). Seconds since the epoch. */
  readonly authTime: number | null
  readonly issuedAt: number
  /** Tells this user from others in the mark of a sign-out, which names nobody. */
  readonly userMark: string
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
export function parseSession(
  text: string | null,
  { issuer, clientId }: Pick<FrontOptions, 'issuer' | 'clientId'>,
): ParsedSession {
  // A storage of the app's own may say `undefined`.
  if (text == null) return null
  try {
    const record = toOwn<Session>(JSON.parse(text))
    if (record.version !== 2 || record.issuer !== issuer || record.clientId !== clientId)
      return record.version ? null : 'corrupt'
    if (!isSession(record)) return 'corrupt'
    Object.freeze(record.user)
    return record
  } catch {
    return 'corrupt'
  }
}

type Unchecked<Whole> = { readonly [Key in keyof Whole]?: unknown }

function isSession(value: Unchecked<Session>): value is Session {
  const { sub } = toOwn<User>(value.user)
  // An edited endpoint must not carry the tokens to another origin.
  const isAtIssuer = (url: unknown): boolean =>
    new URL(url as string).origin === new URL(value.issuer as string).origin
  return (
    [value.id, value.accessToken, value.nonce, value.tokenEndpoint, value.userMark, sub].every(isText) &&
    [value.refreshToken, value.revocationEndpoint].every((text) => text === null || isText(text)) &&
    typeof value.scope === 'string' &&
    [value.revision, value.receivedAt, value.issuedAt].every(Number.isFinite) &&
    [value.expiresIn, value.attemptedAt, value.authTime].every(
      (number) => number === null || Number.isFinite(number),
    ) &&
    [value.tokenEndpoint, value.revocationEndpoint ?? value.issuer].every(isAtIssuer)
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

/** Without a prototype, so that a member is the value's own or missing; what is no object has none. */
function toOwn<Whole>(value: unknown): Unchecked<Whole> {
  return Object.assign(Object.create(null) as Unchecked<Whole>, value)
}
