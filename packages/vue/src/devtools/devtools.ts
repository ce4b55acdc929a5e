import type { SpatioAuth } from '@spatio-labs/auth'
import type { App } from 'vue'

/** Production: no inspector. The one of development is in `devtools.development.ts`. */
export function setUpDevtools(_app: App, _client: SpatioAuth): void {
  return undefined
}
