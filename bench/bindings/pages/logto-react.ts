import { LogtoProvider, useHandleSignInCallback, useLogto } from '@logto/react'
import { createElement, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { isAtRedirectUri, openRoot, renderName } from './page.js'

const { issuer, clientId, redirectUri } = window.settings

function Callback() {
  useHandleSignInCallback()
  return null
}

function Name() {
  const { isAuthenticated, signIn, getIdTokenClaims, getAccessToken, clearAccessToken } = useLogto()
  const [name, setName] = useState<unknown>()
  useEffect(() => {
    if (isAuthenticated) void getIdTokenClaims().then((claims) => setName(claims?.name))
  }, [isAuthenticated, getIdTokenClaims])
  const refresh = async () => {
    await clearAccessToken()
    await getAccessToken()
  }
  return createElement('p', null, renderName(name, { signIn: () => signIn(redirectUri), refresh }))
}

createRoot(openRoot()).render(
  createElement(
    LogtoProvider,
    { config: { endpoint: issuer, appId: clientId, scopes: ['email'] } },
    isAtRedirectUri() && createElement(Callback),
    createElement(Name),
  ),
)
