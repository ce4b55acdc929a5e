import { PUBLIC_SPATIO_CLIENT_ID, PUBLIC_SPATIO_ISSUER } from '$env/static/public'
import { createSpatioAuth } from '@spatio-labs/auth-svelte'

/** Made on a server too, where it starts nothing. */
export const client = createSpatioAuth({
  clientId: PUBLIC_SPATIO_CLIENT_ID,
  issuer: PUBLIC_SPATIO_ISSUER || undefined,
  redirectPath: '/callback',
})
