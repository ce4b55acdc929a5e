import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { toDuration } from './times.js'
import { useNow } from './use-now.js'

/** A bar that empties until the token expires; give it the expiry (ms since the epoch) as key, to fill it anew. */
export function Expiry({ expiresAt }: { readonly expiresAt: number }): JSX.Element {
  const now = useNow()
  const [startedAt] = useState(now)
  const left = Math.max(0, expiresAt - now)
  return (
    <span class="expiry">
      <span role="timer">{left === 0 ? 'expired' : `expires in ${toDuration(left)}`}</span>
      <progress max={Math.max(1, expiresAt - startedAt)} value={left} aria-label="Left of the access token" />
    </span>
  )
}
