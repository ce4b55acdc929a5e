import { createSpatioAuthPlugin } from '@spatio-labs/auth-vue'
import { createApp } from 'vue'
import type { MountApp } from '../demo-app'
import App from './app.vue'
import { DEMO } from './use-demo'

export const mountApp: MountApp = (element, { auth, issuer, attempt }) => {
  const app = createApp(App).use(createSpatioAuthPlugin(auth)).provide(DEMO, { issuer, attempt })
  app.mount(element)
  return () => app.unmount()
}
