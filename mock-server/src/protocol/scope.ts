/**
 * The scopes the authority knows, with the label its pages show. `openid`, `profile`, `email` and `read:*`
 * are the only names in Spatio's public text; the labels are ours.
 */
export type ScopeLabels = Readonly<Record<string, string>>

/** The scopes of Spatio's public text. */
export const spatioScopes: ScopeLabels = {
  openid: 'Know who you are',
  profile: 'See your name and profile picture',
  email: 'See your email address',
  'read:*': 'Read your notes, tasks, calendar and files',
}

/** Spatio's default scope of a registered client (schema `ClientRegistrationRequest`). */
export const registrationDefaultScope = 'read:*'

/** The scope tokens of a space-separated list, each once; undefined when the text breaks RFC 6749 3.3. */
export function parseScope(scope: string): string[] | undefined {
  if (!/^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(scope)) return undefined
  return [...new Set(scope.split(' '))]
}

/** Whether every token of `scope` is also in `allowed`. */
export function isScopeWithin(scope: string, allowed: string): boolean {
  const allowedTokens = new Set(allowed.split(' '))
  return scope.split(' ').every((token) => allowedTokens.has(token))
}

/** Whether the space-separated list holds the token. */
export function hasScope(scope: string, token: string): boolean {
  return scope.split(' ').includes(token)
}

/** What a person is told a scope means. */
export function getScopeLabel(labels: ScopeLabels, token: string): string {
  return Object.hasOwn(labels, token) ? (labels[token] ?? token) : token
}
