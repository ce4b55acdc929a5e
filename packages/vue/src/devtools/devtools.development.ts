import type { SpatioAuth } from '@spatio-labs/auth'
import type { App } from 'vue'

/** Development, chosen by the export condition: the inspector loads after the page, and only where one can look. */
export function setUpDevtools(app: App, client: SpatioAuth): void {
  let isUnmounted = false
  app.onUnmount(() => (isUnmounted = true))
  void import('./auth-inspector.js').then(
    ({ addAuthInspector }) => (isUnmounted ? undefined : addAuthInspector(app, client)),
    () => undefined,
  )
}
