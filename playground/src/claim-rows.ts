import type { User } from '@spatio-labs/auth'

/** The claims of the validated id_token: name and text of each. */
export function toClaimRows(user: User): readonly (readonly [name: string, text: string])[] {
  return Object.entries(user).map(([name, value]) => [name, toText(value)])
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
