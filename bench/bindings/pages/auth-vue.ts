import { createSpatioAuth, createSpatioAuthPlugin, useSpatioAuth } from '@spatio-labs/auth-vue'
import { createApp, defineComponent, h } from 'vue'
import { openRoot, renderName } from './page.js'

const { issuer, clientId, redirectUri } = window.settings
const auth = createSpatioAuth({ issuer, clientId, redirectUri })

const Name = defineComponent(() => {
  const session = useSpatioAuth()
  const binding = { signIn: () => auth.signIn(), refresh: () => auth.getAccessToken({ forceRefresh: true }) }
  return () => h('p', renderName(session.user.value?.name, binding))
})

createApp(Name).use(createSpatioAuthPlugin(auth)).mount(openRoot())
