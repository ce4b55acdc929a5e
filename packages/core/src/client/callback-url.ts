import { STATE_PREFIX } from '../options.js'

/** Response parameters, which leave the address bar; everything else is the app's own. */
const RESPONSE_PARAMS = [
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'session_state',
  'access_token',
  'id_token',
  'token_type',
  'refresh_token',
  'expires_in',
]

export type CallbackUrl =
  | { readonly kind: 'none' }
  /** An answer to a sign-in of this client, to be processed or refused by the engine. */
  | {
      readonly kind: 'callback'
      readonly query: string
      readonly state: string | null
      readonly cleanUrl: string
    }

/**
 * Whose callback a URL is. On the redirect path: a state with our prefix is ours; no state at all is ours
 * while this tab waits for an answer; another library's state, and any other path, is left alone.
 */
export function readCallbackUrl(href: string, redirectUri: string, hasTransaction: boolean): CallbackUrl {
  const url = new URL(href)
  const redirect = new URL(redirectUri)
  if (url.origin !== redirect.origin || url.pathname !== redirect.pathname) return { kind: 'none' }
  const fragment = new URLSearchParams(url.hash.slice(1))
  const isFragment = fragment.has('access_token') || fragment.has('id_token')
  const params = isFragment ? fragment : url.searchParams
  const states = params.getAll('state')
  const isOurs = states.some((state) => state.startsWith(STATE_PREFIX))
  const isNameless =
    hasTransaction &&
    states.every((state) => state === '') &&
    RESPONSE_PARAMS.some((name) => name !== 'state' && params.has(name))
  if (!isOurs && !isNameless) return { kind: 'none' }
  const query = isFragment ? url.hash.slice(1) : url.search.slice(1)
  if (isFragment) url.hash = ''
  url.search = withoutResponse(url.search)
  return {
    kind: 'callback',
    query,
    state: states.length === 1 ? (states[0] ?? null) : null,
    cleanUrl: url.href,
  }
}

/** Drops the response's pairs and leaves the others byte for byte. */
function withoutResponse(search: string): string {
  return search
    .slice(1)
    .split('&')
    .filter(
      (pair) =>
        pair !== '' && ![...new URLSearchParams(pair).keys()].some((name) => RESPONSE_PARAMS.includes(name)),
    )
    .join('&')
}
