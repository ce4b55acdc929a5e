'use client'

import { useSpatioAuth } from '@spatio-labs/auth-react'

/** The client takes the answer out of the URL and goes on to where the sign-in began; only a refused one stays. */
export default function CallbackPage() {
  const { error } = useSpatioAuth()
  return error ? <p role="alert">{error.message}</p> : <p>Signing you in …</p>
}
