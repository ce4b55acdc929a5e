import { createSpatioAuth, SpatioAuthProvider } from '@spatio-labs/auth-react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { createEventLog } from './event-log'
import { openStorage } from './open-storage'
import { getStorageChoice } from './storage-choice'
import './styles/tokens.css'
import './styles/page.css'
import './styles/controls.css'
import './styles/hero.css'
import './styles/orbit-picture.css'
import './styles/loading-view.css'
import './styles/problem.css'
import './styles/dashboard.css'
import './styles/expiry-ring.css'
import './styles/claims.css'
import './styles/time-line.css'

const env = import.meta.env
const storage = getStorageChoice(env.VITE_SPATIO_STORAGE)
const auth = createSpatioAuth({
  clientId: env.VITE_SPATIO_CLIENT_ID,
  issuer: env.VITE_SPATIO_ISSUER,
  scope: env.VITE_SPATIO_SCOPE,
  storage,
  relayPath: '/relay.html',
})
// Listens before the provider starts the client, so that the time-line misses nothing.
const log = createEventLog(auth, openStorage('session'))

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <SpatioAuthProvider client={auth}>
      <App issuer={env.VITE_SPATIO_ISSUER} storage={storage} log={log} />
    </SpatioAuthProvider>
  </StrictMode>,
)
