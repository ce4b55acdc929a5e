// What the demo's authority is told, beside the page or in its service worker: this file runs in both.

export const CLIENT_ID = 'playground'
export const SCOPE = 'openid profile email read:*'

/** Of the page itself, and of the page where popups and hidden frames arrive. */
const REDIRECT_PATHS = ['', 'relay.html']

/**
 * @param {string[]} sites URLs at which the page is reached, each with a slash at its end
 */
export function toAuthorityOptions(sites) {
  return {
    faultPicker: true,
    // Seconds, so that a refresh is seen.
    accessTokenLifetime: 120,
    // Asked for by nobody until the page needs it.
    additionalScopes: { 'write:notes': 'Write notes for you' },
    clients: [
      {
        client_id: CLIENT_ID,
        client_name: 'Spatio Playground',
        redirect_uris: sites.flatMap((site) => REDIRECT_PATHS.map((path) => new URL(path, site).href)),
      },
    ],
  }
}
