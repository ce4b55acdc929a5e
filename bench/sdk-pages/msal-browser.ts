import { createStandardPublicClientApplication, ProtocolMode } from '@azure/msal-browser'
import { startPage } from './page.js'

void startPage(async ({ issuer, clientId, redirectUri, scope }) => {
  const msal = await createStandardPublicClientApplication({
    auth: {
      clientId,
      authority: issuer,
      knownAuthorities: [new URL(issuer).host],
      redirectUri,
      OIDCOptions: { responseMode: 'query' },
    },
    system: { protocolMode: ProtocolMode.OIDC },
  })
  return {
    // It knows its callback by what it kept.
    isCallback: () => true,
    finishSignIn: () => msal.handleRedirectPromise({ navigateToLoginRequestUrl: false }),
    findUser: async () => msal.getAllAccounts()[0]?.idTokenClaims?.sub ?? null,
    signIn: () => msal.loginRedirect({ scopes: scope.split(' ') }),
  }
})
