import { SpatioAuthProvider } from '@spatio-labs/auth-react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { MountApp } from '../demo-app'
import { App } from './app'
import { Demo } from './use-demo'

export const mountApp: MountApp = (element, { auth, issuer, attempt }) => {
  const root = createRoot(element)
  root.render(
    <StrictMode>
      <SpatioAuthProvider client={auth}>
        <Demo value={{ issuer, attempt }}>
          <App />
        </Demo>
      </SpatioAuthProvider>
    </StrictMode>,
  )
  return () => root.unmount()
}
