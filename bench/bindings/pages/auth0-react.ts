import { Auth0Provider, useAuth0 } from '@auth0/auth0-react'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { openRoot, renderName } from './page.js'

const { issuer, clientId, redirectUri } = window.settings
const options = {
  domain: issuer,
  issuer,
  clientId,
  authorizationParams: { redirect_uri: redirectUri },
  useRefreshTokens: true,
  cacheLocation: 'localstorage' as const,
}

function Name() {
  const { user, loginWithRedirect, getAccessTokenSilently } = useAuth0()
  const refresh = () => getAccessTokenSilently({ cacheMode: 'off' })
  return createElement('p', null, renderName(user?.name, { signIn: () => loginWithRedirect(), refresh }))
}

createRoot(openRoot()).render(createElement(Auth0Provider, options, createElement(Name)))
