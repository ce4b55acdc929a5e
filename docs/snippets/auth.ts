import { createSpatioAuth } from '@spatio-labs/auth'

/** Spatio, or the mock that `.env.local` names. */
export const issuer: string = import.meta.env.VITE_SPATIO_ISSUER ?? 'https://api.spatio.app'

export const auth = createSpatioAuth({
  clientId: import.meta.env.VITE_SPATIO_CLIENT_ID,
  issuer,
  scope: 'openid profile email read:*',
})
