export default defineNuxtConfig({
  compatibilityDate: '2025-12-01',
  ssr: false,
  telemetry: false,
  app: { head: { title: 'Spatio sign-in with Nuxt', link: [{ rel: 'icon', href: 'data:,' }] } },
  runtimeConfig: {
    // NUXT_PUBLIC_SPATIO_CLIENT_ID and NUXT_PUBLIC_SPATIO_ISSUER
    public: { spatioClientId: '', spatioIssuer: 'https://api.spatio.app' },
  },
})
