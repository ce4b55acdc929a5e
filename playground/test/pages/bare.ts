import { createSpatioAuth, type SpatioAuth, type SpatioAuthOptions } from '@spatio-labs/auth'

declare global {
  interface Window {
    /** The client of this page, for tests that look at what the browser does. */
    auth: SpatioAuth
  }
}

const env = import.meta.env
/** `?options={…}` changes what the client is made with. */
const given = new URLSearchParams(location.search).get('options') ?? sessionStorage.getItem('options') ?? '{}'
// Kept, so that the page can be loaded where an answer arrives, and be the same there.
sessionStorage.setItem('options', given)
window.auth = createSpatioAuth({
  clientId: env.VITE_SPATIO_CLIENT_ID,
  issuer: env.VITE_SPATIO_ISSUER,
  relayPath: '/relay.html',
  ...(JSON.parse(given) as Partial<SpatioAuthOptions>),
})
// As every app does when it starts.
void window.auth.ready()
