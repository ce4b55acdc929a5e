import { createSpatioAuth, createSpatioAuthPlugin } from '@spatio-labs/auth-vue'
import { createApp } from 'vue'
import App from './App.vue'

const auth = createSpatioAuth({
  clientId: import.meta.env.VITE_SPATIO_CLIENT_ID,
  issuer: import.meta.env.VITE_SPATIO_ISSUER,
})

createApp(App).use(createSpatioAuthPlugin(auth)).mount('#app')
