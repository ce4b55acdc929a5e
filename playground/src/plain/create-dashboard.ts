import type { DemoContext } from '../demo-app'
import { createElement } from '../dom/create-element'
import { createClaimsPanel } from './create-claims-panel'
import { createNotesPanel } from './create-notes-panel'
import { createProfilePanel } from './create-profile-panel'
import { createScopesPanel } from './create-scopes-panel'
import { createSessionPanel } from './create-session-panel'

/** What who is signed in sees. */
export function createDashboard(context: DemoContext, signal: AbortSignal): HTMLElement {
  return createElement(
    'div',
    { class: 'dashboard' },
    createProfilePanel(context, signal),
    createSessionPanel(context, signal),
    createScopesPanel(context, signal),
    createNotesPanel(context),
    createClaimsPanel(context, signal),
  )
}
