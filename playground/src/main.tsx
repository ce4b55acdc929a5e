import { createSpatioAuth, SpatioAuthProvider } from '@spatio-labs/auth-react'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { StartView } from './components/start-view'
import { findIssuer } from './find-issuer'
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
import './styles/devtools-panel.css'

const env = import.meta.env
// Without the query, which may hold a callback.
const site = new URL(env.BASE_URL, location.href)
const element = document.querySelector('#root')
if (element === null) throw new Error('index.html has no #root')
const root = createRoot(element)
root.render(<StartView problem={null} />)
findIssuer(site).then(
  (issuer) => root.render(createPage(issuer)),
  (error: unknown) =>
    root.render(<StartView problem={error instanceof Error ? error.message : 'It failed'} />),
)

function createPage(issuer: string): ReactNode {
  const storage = getStorageChoice(env.VITE_SPATIO_STORAGE)
  const auth = createSpatioAuth({
    clientId: env.VITE_SPATIO_CLIENT_ID,
    issuer,
    scope: env.VITE_SPATIO_SCOPE,
    storage,
    redirectPath: site.pathname,
    relayPath: `${site.pathname}relay.html`,
  })
  return (
    <StrictMode>
      <SpatioAuthProvider client={auth}>
        <App issuer={issuer} storage={storage} />
      </SpatioAuthProvider>
    </StrictMode>
  )
}
