import { render } from 'preact'
import { stylesheet } from '../styles/stylesheet.js'
import type { DevtoolsContext } from './devtools-context.js'
import { Devtools } from './devtools.js'

const NAME = 'spatio-auth-devtools'

/** A `<spatio-auth-devtools>` that shows a client for as long as it is in the page. */
export function createDevtoolsElement(context: DevtoolsContext): HTMLElement {
  // Another copy of this module, or its version before a hot reload, may have taken the name: what it draws is given.
  if (customElements.get(NAME) === undefined) customElements.define(NAME, DevtoolsElement)
  const element = document.createElement(NAME) as DevtoolsElement
  element.draw = (root) => {
    render(<Devtools context={context} />, root)
    return () => render(null, root)
  }
  return element
}

/** A shadow root with the styles; apart from the page's, which reach in as little as these reach out. */
class DevtoolsElement extends HTMLElement {
  draw: (root: ShadowRoot) => () => void = () => () => undefined
  #erase: () => void = () => undefined

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(stylesheet)
    // No style element: a strict Content-Security-Policy would refuse it.
    root.adoptedStyleSheets = [sheet]
    this.#erase = this.draw(root)
  }

  disconnectedCallback(): void {
    this.#erase()
  }
}
