import markup from './orbit-mark.svg?raw'

/** The small sign beside the name and in the button. */
export class OrbitMark extends HTMLElement {
  connectedCallback(): void {
    this.innerHTML = markup
  }
}
