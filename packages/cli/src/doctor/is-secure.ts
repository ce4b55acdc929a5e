/**
 * https anywhere, http on this machine only (OAuth 2.1 1.5). The client has the same rule, and no entry that would give
 * it away for this alone; a test holds the two together.
 */
export function isSecure({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return true
  return protocol === 'http:' && /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
