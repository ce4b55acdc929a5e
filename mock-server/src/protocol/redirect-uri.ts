import { isLoopbackHost } from './loopback-host.js'

/**
 * Why a redirect URI cannot be registered, or undefined when it can (RFC 7591 2, RFC 9700 2.6): https,
 * http on loopback, or a private-use scheme with a dot for native apps (RFC 8252 7.1).
 */
export function findRedirectUriProblem(redirectUri: unknown): string | undefined {
  if (typeof redirectUri !== 'string') return 'a redirect URI is a string'
  if (redirectUri.length > 2_000) return 'a redirect URI has at most 2000 characters'
  if (!/^[\x21-\x7e]+$/.test(redirectUri)) return 'a redirect URI is printable ASCII without spaces'
  if (/[*"<>\\^`{|}]/.test(redirectUri)) return 'a redirect URI has no wildcard and no unsafe character'
  if (redirectUri.includes('#')) return 'a redirect URI has no fragment'
  const url = parseUrl(redirectUri)
  if (!url) return 'a redirect URI is an absolute URL'
  if (url.username || url.password) return 'a redirect URI has no user name or password'
  if (url.protocol === 'https:') return undefined
  if (url.protocol === 'http:') {
    return isLoopbackHost(url.hostname) ? undefined : 'http is for loopback redirect URIs; use https'
  }
  return url.protocol.includes('.') ? undefined : 'the scheme of a redirect URI is https, or has a dot'
}

/** The origin of a redirect URI, or its scheme for a native app's; what `form-action` and CORS compare. */
export function toRedirectOrigin(redirectUri: string): string {
  const url = new URL(redirectUri)
  return url.origin === 'null' ? url.protocol : url.origin
}

/**
 * Appends parameters to a redirect URI. A query it already has stays as registered, character for character.
 */
export function appendToRedirectUri(
  redirectUri: string,
  parameters: readonly (readonly [string, string])[],
  mode: 'query' | 'fragment',
): string {
  const encoded = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]))
  if (mode === 'fragment') return `${redirectUri}#${encoded.toString()}`
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${encoded.toString()}`
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
