import type { Settings } from '../../sdk-pages/page.js'

/** A page with one binding: a provider, and a component below it that shows the user's name. */
export interface Binding {
  /** Leaves the page. */
  readonly signIn: () => unknown
  /** Gets a new access token, whether the one at hand is still good or not. */
  readonly refresh: () => Promise<unknown>
}

declare global {
  interface Window {
    settings: Settings
    /** Set by the component that shows the name. */
    binding: Binding
    /** How often that component was rendered. */
    renders: number
  }
}

window.renders = 0

/** To be called whenever the component that shows the name is rendered. @returns what it shows */
export function renderName(name: unknown, binding: Binding): string {
  window.renders += 1
  window.binding = binding
  return typeof name === 'string' ? name : ''
}

/** Whether the page was loaded by the authority's answer. */
export function isAtRedirectUri(): boolean {
  return location.pathname === new URL(window.settings.redirectUri).pathname
}

/** The element that the app is mounted in. */
export function openRoot(): HTMLElement {
  return document.body.appendChild(document.createElement('main'))
}
