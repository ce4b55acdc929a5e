import type { User } from '@spatio-labs/auth'
import { toDisplayName } from './display-name'

/** The address of the user's picture. A claim is text from outside: only a web address becomes an image. */
export function toPictureUrl({ picture }: User, issuer: string): string | undefined {
  if (picture === undefined || !URL.canParse(picture, issuer)) return undefined
  const url = new URL(picture, issuer)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}

export function toInitials(user: User): string {
  const words = toDisplayName(user).split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0]?.toUpperCase() ?? '')
    .join('')
}
