import { createSpatioAuth, createSpatioAuthPlugin } from '@spatio-labs/auth-vue'

export const auth = createSpatioAuthPlugin(
  createSpatioAuth({
    clientId: import.meta.env.VITE_SPATIO_CLIENT_ID,
    issuer: import.meta.env.VITE_SPATIO_ISSUER,
    redirectPath: '/callback',
  }),
)
