import Keycloak from 'keycloak-js'
import { startPage } from './page.js'

void startPage(async ({ issuer, clientId, redirectUri, scope }) => {
  const keycloak = new Keycloak({ oidcProvider: issuer, clientId })
  await keycloak.init({ pkceMethod: 'S256', responseMode: 'query', checkLoginIframe: false, scope })
  return {
    // `init()` has taken a callback where there was one.
    isCallback: () => false,
    finishSignIn: async () => undefined,
    findUser: async () => (keycloak.authenticated ? (keycloak.subject ?? '') : null),
    signIn: () => keycloak.login({ redirectUri }),
  }
})
