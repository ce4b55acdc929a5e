import type { SpatioAuth } from '@spatio-labs/auth'
import type { SpatioDevtoolsOptions } from './devtools-options.js'
import { openEventLog } from './event-log.js'
import { loadElement } from './load-element.js'
import { openTabStorage } from './tab-storage.js'

/**
 * Shows what a client does: its state, events and requests, what is stored, other tabs. Call it before `ready()`, and
 * nothing is missed; the panel itself loads afterwards. Where the bundler builds for production this does nothing and
 * holds nothing: import `@spatio-labs/auth-devtools/production` to have it there too.
 *
 * @returns what takes the devtools away again
 */
export function mountSpatioDevtools(auth: SpatioAuth, options: SpatioDevtoolsOptions = {}): () => void {
  if (typeof document === 'undefined') return () => undefined
  const log = openEventLog(auth, openTabStorage())
  let isUnmounted = false
  let element: HTMLElement | undefined
  loadElement().then(
    ({ createDevtoolsElement }) => {
      if (isUnmounted) return
      element = createDevtoolsElement({ auth, log, ...options })
      const target = options.target ?? document.body
      target.append(element)
    },
    // The app goes on without them; the browser's console names the file that did not load.
    () => undefined,
  )
  return () => {
    isUnmounted = true
    element?.remove()
    log.close()
  }
}
