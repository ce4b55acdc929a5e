import { createAuthGuard, createSpatioAuth, createSpatioAuthPlugin } from '@spatio-labs/auth-vue'

export default defineNuxtPlugin(({ vueApp, $config }) => {
  const auth = createSpatioAuthPlugin(
    createSpatioAuth({
      clientId: $config.public.spatioClientId,
      issuer: $config.public.spatioIssuer,
      redirectPath: '/callback',
    }),
  )
  vueApp.use(auth)
  // Who signed out on purpose, or whose sign-in failed, is not sent away again: the public page says what is next.
  useRouter().beforeEach(createAuthGuard(auth, { refused: () => '/' }))
})
