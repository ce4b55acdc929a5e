import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { AuthProvider, useAuth } from 'react-oidc-context'
import { openRoot, renderName } from './page.js'

const { issuer, clientId, redirectUri } = window.settings
const oidcConfig = {
  authority: issuer,
  client_id: clientId,
  redirect_uri: redirectUri,
  scope: 'openid profile email',
  onSigninCallback: () => window.history.replaceState({}, document.title, window.location.pathname),
}

function Name() {
  const auth = useAuth()
  const binding = { signIn: () => auth.signinRedirect(), refresh: () => auth.signinSilent() }
  return createElement('p', null, renderName(auth.user?.profile.name, binding))
}

createRoot(openRoot()).render(createElement(AuthProvider, oidcConfig, createElement(Name)))
