import { createApp } from 'vue'
import App from './app.vue'
import { auth } from './auth'
import { router } from './router'

createApp(App).use(auth).use(router).mount('#app')
