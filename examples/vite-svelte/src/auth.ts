import { createSpatioAuth } from '@spatio-labs/auth-svelte'

export const auth = createSpatioAuth({
  clientId: import.meta.env.VITE_SPATIO_CLIENT_ID,
  issuer: import.meta.env.VITE_SPATIO_ISSUER,
})
