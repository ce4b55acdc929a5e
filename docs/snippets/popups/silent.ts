import { createSpatioAuth } from '@spatio-labs/auth'

export const auth = createSpatioAuth({
  clientId: import.meta.env.VITE_SPATIO_CLIENT_ID,
  issuer: import.meta.env.VITE_SPATIO_ISSUER,
  relayPath: '/relay.html',
  silentOnLoad: 'iframe',
})
