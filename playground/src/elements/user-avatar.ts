import { createElement } from '../dom/create-element'

/** `<user-avatar picture initials>`: the picture, or the initials where there is none or it does not load. */
export class UserAvatar extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ['picture', 'initials']

  connectedCallback(): void {
    this.#draw(this.getAttribute('picture'))
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#draw(this.getAttribute('picture'))
  }

  #draw(picture: string | null): void {
    this.replaceChildren(picture === null ? this.#createInitials() : this.#createImage(picture))
  }

  #createImage(src: string): HTMLElement {
    const onerror = (): void => this.#draw(null)
    return createElement('img', { class: 'avatar', src, alt: '', width: '72', height: '72', onerror })
  }

  #createInitials(): HTMLElement {
    const initials = this.getAttribute('initials') ?? ''
    return createElement('span', { class: 'avatar', 'aria-hidden': 'true' }, initials)
  }
}
