import { SpatioAuthProvider } from '@spatio-labs/auth-react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { auth } from './auth'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <SpatioAuthProvider client={auth}>
      <App />
    </SpatioAuthProvider>
  </StrictMode>,
)
