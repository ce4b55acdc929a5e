import { createSpatioAuth, SpatioAuthProvider, useSpatioAuth } from '@spatio-labs/auth-react'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { openRoot, renderName } from './page.js'

const { issuer, clientId, redirectUri } = window.settings
const auth = createSpatioAuth({ issuer, clientId, redirectUri })

function Name() {
  const { user, signIn, getAccessToken } = useSpatioAuth()
  const refresh = () => getAccessToken({ forceRefresh: true })
  return createElement('p', null, renderName(user?.name, { signIn: () => signIn(), refresh }))
}

createRoot(openRoot()).render(createElement(SpatioAuthProvider, { client: auth }, createElement(Name)))
