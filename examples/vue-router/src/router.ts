import { createAuthGuard } from '@spatio-labs/auth-vue'
import { createRouter, createWebHistory } from 'vue-router'
import AccountPage from './account-page.vue'
import { auth } from './auth'
import CallbackPage from './callback-page.vue'
import HomePage from './home-page.vue'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: HomePage },
    { path: '/callback', component: CallbackPage },
    { path: '/account', component: AccountPage, meta: { requiresAuth: true } },
  ],
})

// Who signed out on purpose, or whose sign-in failed, is not sent away again: the public page says what is next.
router.beforeEach(createAuthGuard(auth, { refused: () => '/' }))
