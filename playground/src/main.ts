import { createSpatioAuth } from '@spatio-labs/auth'
import { defineElements } from './elements/define-elements'
import { findIssuer } from './find-issuer'
import { nameFrameworkOfCallback } from './framework-choice'
import { createShell } from './shell/create-shell'
import { createStartView } from './shell/start-view'
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
const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')
defineElements()
root.replaceChildren(createStartView(null))
findIssuer(site).then(
  (issuer) => root.replaceChildren(...createPage(issuer)),
  (error: unknown) =>
    root.replaceChildren(createStartView(error instanceof Error ? error.message : 'It failed')),
)

function createPage(issuer: string): readonly HTMLElement[] {
  nameFrameworkOfCallback()
  const storage = getStorageChoice(env.VITE_SPATIO_STORAGE)
  const auth = createSpatioAuth({
    clientId: env.VITE_SPATIO_CLIENT_ID,
    issuer,
    scope: env.VITE_SPATIO_SCOPE,
    storage,
    redirectPath: site.pathname,
    relayPath: `${site.pathname}relay.html`,
  })
  return createShell({ auth, issuer, storage })
}
