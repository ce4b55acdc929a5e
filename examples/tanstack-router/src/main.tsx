import { SpatioAuthProvider } from '@spatio-labs/auth-react'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { auth } from './auth'
import { router } from './router'

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <SpatioAuthProvider client={auth}>
      <RouterProvider router={router} />
    </SpatioAuthProvider>
  </StrictMode>,
)
