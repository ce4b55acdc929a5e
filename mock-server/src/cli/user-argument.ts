import { MockServerError } from '../mock-server-error.js'
import type { MockUser } from '../stores/user-store.js'

/**
 * The user that `"Mira Okafor <mira@example.com>"` names.
 *
 * @throws MockServerError `invalid_option`
 */
export function parseUserArgument(text: string): MockUser {
  const match = /^\s*([^<>]*?)\s*(?:<([^<>\s]+@[^<>\s]+)>)?\s*$/.exec(text)
  const name = match?.[1] ?? ''
  const email = match?.[2] ?? (/^\S+@\S+$/.test(name) ? name : undefined)
  if (!match || (name === '' && email === undefined)) {
    throw new MockServerError(
      'invalid_option',
      `--user "${text}" is not a name with an address: "Mira Okafor <mira@example.com>"`,
    )
  }
  const sub = `usr_${(email ?? name).toLowerCase().replace(/[^a-z0-9]+/g, '_')}`
  const words = name === email ? [] : name.split(/\s+/).filter((word) => word !== '')
  const [givenName, ...familyNames] = words
  return {
    sub,
    ...(words.length > 0 ? { name: words.join(' ') } : {}),
    ...(givenName === undefined ? {} : { given_name: givenName }),
    ...(familyNames.length > 0 ? { family_name: familyNames.join(' ') } : {}),
    ...(email === undefined
      ? {}
      : { email, email_verified: true, preferred_username: email.split('@')[0] ?? email }),
    picture: `/avatars/${sub}.svg`,
  }
}
