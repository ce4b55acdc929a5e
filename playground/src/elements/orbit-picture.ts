import markup from './orbit-picture.svg?raw'

/** Three orbits around a body; the near moon passes behind it. Decoration, still for who asks for less motion. */
export class OrbitPicture extends HTMLElement {
  connectedCallback(): void {
    this.innerHTML = markup
  }
}
