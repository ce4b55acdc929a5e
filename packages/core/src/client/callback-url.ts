import { STATE_PREFIX } from '../options.js'

/** Response parameters, which leave the address bar; everything else is the app's own. */
const RESPONSE_PARAM =
  /^(code|(session_)?state|iss|error(_description|_uri)?|(access|id|refresh)_token|token_type|expires_in)$/

/** An answer to a sign-in of this client, to be processed or refused by the engine. */
export interface CallbackUrl {
  readonly query: string
  readonly cleanUrl: string
}

/**
 * Whose callback a URL is; null for nobody's or another's. `place`: the redirect URI, or its path here. There: a state
 * with our prefix is ours; no state at all is ours while this tab waits for an answer; another library's state, and any
 * other path, is left alone.
 */
export function readCallbackUrl(href: string, place: string, hasTransaction?: boolean): CallbackUrl | null {
  const url = new URL(href)
  // What cannot be one is refused by whatever would send it.
  if (!URL.canParse(place, url.origin)) return null
  const redirect = new URL(place, url.origin)
  if (url.origin !== redirect.origin || url.pathname !== redirect.pathname) return null
  const fragment = new URLSearchParams(url.hash.slice(1))
  const isFragment = fragment.has('access_token') || fragment.has('id_token')
  // Tokens in the fragment are part of the answer in the query, which is refused for them.
  const query = url.search.slice(1) + (isFragment ? `&${url.hash.slice(1)}` : '')
  const params = new URLSearchParams(query)
  const states = params.getAll('state')
  const isOurs = states.some((state) => state.startsWith(STATE_PREFIX))
  const isNameless =
    hasTransaction &&
    !states.some(Boolean) &&
    [...params.keys()].some((name) => name !== 'state' && RESPONSE_PARAM.test(name))
  if (!isOurs && !isNameless) return null
  if (isFragment) url.hash = ''
  url.search = withoutResponse(url.search)
  return { query, cleanUrl: url.href }
}

/** Drops the response's pairs and leaves the others byte for byte. */
function withoutResponse(search: string): string {
  const isKept = (pair: string): boolean =>
    pair !== '' && ![...new URLSearchParams(pair).keys()].some((name) => RESPONSE_PARAM.test(name))
  return search.slice(1).split('&').filter(isKept).join('&')
}
