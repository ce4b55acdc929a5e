import { createTestAuth } from '@spatio-labs/auth/testing'
import { SpatioAuthProvider } from '@spatio-labs/auth-react'
import type { Decorator } from '@storybook/react-vite'
import { useState } from 'react'

/** `parameters.auth` says who is signed in: what `createTestAuth()` takes. */
export const withSpatioAuth: Decorator = (Story, { parameters }) => {
  const [auth] = useState(() => createTestAuth(parameters.auth))
  return (
    <SpatioAuthProvider client={auth}>
      <Story />
    </SpatioAuthProvider>
  )
}
