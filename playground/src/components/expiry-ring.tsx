import { useState, type CSSProperties, type ReactNode } from 'react'
import { toCountdown } from '../countdown'
import { useNow } from '../use-now'

interface ExpiryRingProps {
  /** Ms since the epoch. */
  readonly expiresAt: number | null
  readonly isRevoked: boolean
}

/** A ring that empties until the token expires. */
export function ExpiryRing({ expiresAt, isRevoked }: ExpiryRingProps): ReactNode {
  const now = useNow()
  const [span, setSpan] = useState({ expiresAt, startedAt: now })
  // A new expiry starts a new ring.
  if (span.expiresAt !== expiresAt) setSpan({ expiresAt, startedAt: now })
  const left = expiresAt === null ? 0 : Math.max(0, expiresAt - now)
  const whole = expiresAt === null ? 1 : Math.max(1, expiresAt - span.startedAt)
  const text = expiresAt === null ? '–' : toCountdown(left)
  return (
    <div
      className="expiry-ring"
      data-revoked={isRevoked}
      role="timer"
      aria-label={`The access token expires in ${text}`}
      style={{ '--left': Math.min(1, left / whole) } as CSSProperties}
    >
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <circle className="expiry-track" cx="60" cy="60" r="52" pathLength="1" />
        <circle className="expiry-left" cx="60" cy="60" r="52" pathLength="1" />
      </svg>
      <span className="expiry-text">
        <strong data-testid="expires-in">{isRevoked ? 'revoked' : text}</strong>
        <span>{isRevoked ? 'by Spatio' : 'left'}</span>
      </span>
    </div>
  )
}
