import { createAuth0, useAuth0 } from '@auth0/auth0-vue'
import { createApp, defineComponent, h } from 'vue'
import { openRoot, renderName } from './page.js'

const { issuer, clientId, redirectUri } = window.settings

const Name = defineComponent(() => {
  const { user, loginWithRedirect, getAccessTokenSilently } = useAuth0()
  const refresh = () => getAccessTokenSilently({ cacheMode: 'off' })
  return () => h('p', renderName(user.value?.name, { signIn: () => loginWithRedirect(), refresh }))
})

createApp(Name)
  .use(
    createAuth0({
      domain: issuer,
      issuer,
      clientId,
      authorizationParams: { redirect_uri: redirectUri },
      useRefreshTokens: true,
      cacheLocation: 'localstorage',
    }),
  )
  .mount(openRoot())
