// A tab of the benchmark: one client, set up as its README says, and what is asked of it from outside.

/**
 * @typedef {object} Settings
 * @property {keyof typeof OPENERS} library
 * @property {string} issuer
 * @property {string} clientId
 * @property {'session' | 'local' | 'memory'} storage Of ours; the others are set to localStorage.
 */

/**
 * @typedef {object} Client
 * @property {() => void} signIn Leaves for the authority.
 * @property {() => Promise<string>} getToken What an app has for its API, as the library's documentation says.
 * @property {() => Promise<unknown>} refresh Whether the token is still good or not.
 * @property {() => Promise<unknown>} read The call whose rate is measured.
 * @property {() => Promise<boolean>} isSignedIn What the app is told.
 */

const OPENERS = {
  ours: () => import('./spatio.js'),
  'auth0-spa-js': () => import('./auth0-spa-js.js'),
  'oidc-client-ts': () => import('./oidc-client-ts.js'),
}

/** @type {Settings} */
const settings = JSON.parse(document.documentElement.dataset['settings'] ?? '{}')
const { openClient } = await OPENERS[settings.library]()
const client = await openClient(settings)

/** How often a second the app gets its token, one call after the other. @param {number} milliseconds */
async function measureRate(milliseconds) {
  let calls = 0
  const startedAt = performance.now()
  for (; performance.now() - startedAt < milliseconds; calls += 1) await client.read()
  return (calls * 1_000) / (performance.now() - startedAt)
}

window.bench = { ...client, measureRate }
