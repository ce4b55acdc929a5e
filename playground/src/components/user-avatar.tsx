import type { User } from '@spatio-labs/auth-react'
import { useState, type ReactNode } from 'react'

interface UserAvatarProps {
  readonly user: User
  readonly issuer: string
}

/** The user's picture, or the initials where there is none or it does not load. */
export function UserAvatar({ user, issuer }: UserAvatarProps): ReactNode {
  const [failed, setFailed] = useState<string | null>(null)
  const source = toSource(user.picture, issuer)
  if (source === null || source === failed) {
    return (
      <span className="avatar" aria-hidden="true">
        {toInitials(user)}
      </span>
    )
  }
  return (
    <img className="avatar" src={source} alt="" width="72" height="72" onError={() => setFailed(source)} />
  )
}

/** A claim is text from outside: only a web address becomes an image. */
function toSource(picture: string | undefined, issuer: string): string | null {
  if (picture === undefined || !URL.canParse(picture, issuer)) return null
  const url = new URL(picture, issuer)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
}

function toInitials({ name, email, sub }: User): string {
  const words = (name ?? email ?? sub).split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0]?.toUpperCase() ?? '')
    .join('')
}
