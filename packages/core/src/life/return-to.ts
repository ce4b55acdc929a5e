import { readCallbackUrl } from '../client/callback-url.js'
import type { ClientContext } from './client-context.js'

/** Where a sign-in ends when the place asked for may not be used. */
const DEFAULT_ROUTE = '/'

/**
 * A same-origin URL to go to after a sign-in, or the default route: an open redirect would hand the signed-in
 * user to anyone (RFC 9700 4.11.1). The parsed href is used, never the text: `/.//evil.test` has the
 * pathname `//evil.test`.
 */
export function toReturnTo(value: string, origin: string, redirectUri: string): string {
  const fallback = new URL(DEFAULT_ROUTE, origin).href
  if (!URL.canParse(value, origin)) return fallback
  const url = new URL(value, origin)
  // A blob: URL has the page's origin too.
  if (url.origin !== origin || !/^https?:$/.test(url.protocol)) return fallback
  if (url.username !== '' || url.password !== '') return fallback
  // Going back to a callback would process it again.
  return readCallbackUrl(url.href, redirectUri, true) === null ? url.href : fallback
}

/** Shows `to` without a page load: the app's own `navigate`, else the history and an event for its router. */
export function navigateWithin({ options, environment }: ClientContext, to: string): void {
  if (to === environment.location.href) return
  if (options.navigate) return options.navigate(to)
  environment.history.replaceState(environment.history.state, '', to)
  environment.announceNavigation()
}
