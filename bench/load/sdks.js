// The SDKs whose first load, callback and reload are measured, in the order of the tables.

/**
 * @typedef {object} Sdk
 * @property {string} id its file in ../sdk-pages/, and its path at the app server
 * @property {string} packageName
 * @property {string} [limit] why it only gets as far as a signed-out page here
 */

/** @type {readonly Sdk[]} */
export const sdks = [
  { id: 'spatio-auth', packageName: '@spatio-labs/auth' },
  { id: 'oidc-client-ts', packageName: 'oidc-client-ts' },
  { id: 'auth0-spa-js', packageName: '@auth0/auth0-spa-js' },
  { id: 'logto-browser', packageName: '@logto/browser' },
  { id: 'axa-fr-oidc-client', packageName: '@axa-fr/oidc-client' },
  { id: 'okta-auth-js', packageName: '@okta/okta-auth-js' },
  {
    id: 'keycloak-js',
    packageName: 'keycloak-js',
    limit:
      'asks for tokens with cookies, which an authority that allows any origin must refuse, and reads access tokens as JWTs',
  },
  { id: 'msal-browser', packageName: '@azure/msal-browser' },
]
