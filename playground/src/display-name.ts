import type { User } from '@spatio-labs/auth'

/** What to call a user; their subject where no claim says more. */
export function toDisplayName({ name, email, sub }: User): string {
  return name ?? email ?? sub
}
