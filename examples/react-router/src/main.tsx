import { SpatioAuthProvider } from '@spatio-labs/auth-react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { auth } from './auth'
import { router } from './router'

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <SpatioAuthProvider client={auth}>
      <RouterProvider router={router} />
    </SpatioAuthProvider>
  </StrictMode>,
)
