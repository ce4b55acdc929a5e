/** What a user gave a client in one sign-in: the family of every token that came of it. */
export interface Grant {
  id: string
  clientId: string
  sub: string
  scope: string
  /** Seconds since the epoch. */
  authTime: number
  /** Milliseconds since the epoch. Rotation does not move it (RFC 10017 6.3.2.3). */
  expiresAt: number
}

/** An access token. Opaque on the wire: this is what it stands for. */
export interface AccessToken {
  token: string
  grant: Grant
  scope: string
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** A refresh token, with what became of it. */
export interface RefreshToken {
  token: string
  grant: Grant
  /** Milliseconds since the epoch: idle end, never after the grant's. */
  expiresAt: number
  /** Set when it was used: when (milliseconds), and by which token it was replaced. */
  used?: { at: number; successor: string }
}
