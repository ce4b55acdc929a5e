import { createSpatioAuth } from '@spatio-labs/auth-react'

export const auth = createSpatioAuth({
  clientId: import.meta.env.VITE_SPATIO_CLIENT_ID,
  issuer: import.meta.env.VITE_SPATIO_ISSUER,
})
