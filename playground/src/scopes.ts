import type { Authenticated } from '@spatio-labs/auth'

export const SCOPE_MEANINGS: Readonly<Record<string, string>> = {
  openid: 'who you are',
  profile: 'name and picture',
  email: 'email address',
  'read:*': 'read your notes',
  'write:notes': 'write notes for you',
}

/** Not asked for at the first sign-in: a page asks for more when it needs more. */
export const FURTHER_SCOPE = 'write:notes'

/** For a gate: what is behind it needs the further scope. */
export function mayWriteNotes({ scopes }: Authenticated): boolean {
  return scopes.includes(FURTHER_SCOPE)
}
