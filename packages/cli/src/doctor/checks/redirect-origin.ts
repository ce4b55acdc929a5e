import type { Check } from '../check.js'
import { failed, passed, skipped } from '../finding.js'
import { isSecure } from '../is-secure.js'

/** What a tab keeps for the callback is kept by origin: one that comes back elsewhere knows nothing of the sign-in. */
export const redirectOrigin: Check = {
  id: 'redirect-origin',
  title: 'The redirect URI is a page of the app',
  run: async ({ redirectUri, origin }) => {
    if (redirectUri === undefined) return skipped('needs --redirect-uri or --origin')
    const url = new URL(redirectUri)
    if (redirectUri.includes('#'))
      return failed('the redirect URI has a fragment', 'Leave out what follows #; no client may have one.')
    if (!isSecure(url))
      return failed(
        `${url.origin} is plain http`,
        'Serve the app by https, or from localhost: a browser gives it no crypto.subtle otherwise.',
      )
    if (origin !== undefined && url.origin !== origin)
      return failed(
        `the app is on ${origin}, its redirect URI on ${url.origin}`,
        'Open the app on the origin of its redirect URI; localhost and 127.0.0.1 are two, and so are two ports.',
      )
    return passed(redirectUri)
  },
}
