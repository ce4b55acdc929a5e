import type * as Element from './panel/devtools-element.js'

/** The panel, in a chunk of its own: the page is shown first. */
export function loadElement(): Promise<typeof Element> {
  return import('./panel/devtools-element.js')
}
