// The SDKs that are driven, in the order of the table's columns.

/**
 * @typedef {object} Sdk
 * @property {string} id its file in ../sdk-pages/, and its path at the app server
 * @property {string} packageName
 * @property {string} setUp what its README leaves to the app, and what was chosen
 */

/** @type {readonly Sdk[]} */
export const sdks = [
  { id: 'spatio-auth', packageName: '@spatio-labs/auth', setUp: '`createSpatioAuth`, `ready()`' },
  {
    id: 'oidc-client-ts',
    packageName: 'oidc-client-ts',
    setUp: '`UserManager`, `signinRedirectCallback()`; signed in is whom `getUser()` returns',
  },
  {
    id: 'auth0-spa-js',
    packageName: '@auth0/auth0-spa-js',
    setUp:
      '`createAuth0Client` with the option `issuer`, `handleRedirectCallback()`; it has fixed paths (`/authorize`, `/oauth/token`), which the bench leads to those of the mock, and reads no metadata',
  },
  {
    id: 'logto-browser',
    packageName: '@logto/browser',
    setUp:
      '`LogtoClient` without its reserved scopes, `handleSignInCallback()`; it looks for metadata below `/oidc`, which the bench leads to the mock',
  },
  {
    id: 'axa-fr-oidc-client',
    packageName: '@axa-fr/oidc-client',
    setUp: '`OidcClient.getOrCreate()`, `loginCallbackAsync()`, without the optional service worker',
  },
  {
    id: 'okta-auth-js',
    packageName: '@okta/okta-auth-js',
    setUp:
      '`OktaAuth` with `authorizeUrl`, `tokenUrl` and `userinfoUrl`, `handleRedirect()`, `isAuthenticated()`; with its endpoints told, it does not read those of the metadata, so that a wrong one does not reach it though the document does',
  },
]
