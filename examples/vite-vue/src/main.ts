import { createSpatioAuthPlugin } from '@spatio-labs/auth-vue'
import { createApp } from 'vue'
import App from './App.vue'
import { auth } from './auth'

createApp(App).use(createSpatioAuthPlugin(auth)).mount('#app')
