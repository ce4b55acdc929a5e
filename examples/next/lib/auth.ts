'use client'

import { createSpatioAuth } from '@spatio-labs/auth-react'

/** Next's router is known to components only: <Providers> puts it here. */
export const appRouter = { replace: (to: string) => window.location.replace(to) }

/** Made on a server too, where it starts nothing. */
export const auth = createSpatioAuth({
  clientId: process.env.NEXT_PUBLIC_SPATIO_CLIENT_ID!,
  issuer: process.env.NEXT_PUBLIC_SPATIO_ISSUER,
  redirectPath: '/callback',
  navigate: (to) => appRouter.replace(to),
})
