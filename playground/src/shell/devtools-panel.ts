// This page shows what the client does: so it wants the devtools also where it is built for production.
import { mountSpatioDevtools } from '@spatio-labs/auth-devtools/production'
import type { SpatioAuth } from '@spatio-labs/auth'
import { createElement } from '../dom/create-element'

/** The devtools, docked. Call it before the client starts. */
export function createDevtoolsPanel(auth: SpatioAuth, issuer: string): HTMLElement {
  const target = createElement('div', { class: 'devtools-panel' })
  const adminToken = import.meta.env.VITE_SPATIO_MOCK_TOKEN
  mountSpatioDevtools(auth, { target, ...(adminToken !== '' && { mock: { issuer, adminToken } }) })
  return target
}
