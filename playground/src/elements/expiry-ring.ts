import { toCountdown } from '../countdown'
import { createElement } from '../dom/create-element'
import markup from './expiry-ring.svg?raw'

const SECOND = 1000

/** `<expiry-ring expires-at="ms since the epoch" revoked="false">`: empties until the token expires. */
export class ExpiryRing extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ['expires-at', 'revoked']

  readonly #main: HTMLElement = createElement('strong', { 'data-testid': 'expires-in' })
  readonly #below: HTMLElement = createElement('span', {})
  #timer = 0
  /** When the ring was full, and for which expiry: a new one starts a new ring. */
  #span: { readonly expiresAt: number | null; readonly startedAt: number } = { expiresAt: null, startedAt: 0 }

  connectedCallback(): void {
    this.innerHTML = markup
    this.append(createElement('span', { class: 'expiry-text' }, this.#main, this.#below))
    this.role = 'timer'
    this.#timer = window.setInterval(() => this.#draw(), SECOND)
    this.#draw()
  }

  disconnectedCallback(): void {
    window.clearInterval(this.#timer)
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#draw()
  }

  #draw(): void {
    const expiresAt = Number(this.getAttribute('expires-at')) || null
    const isRevoked = this.getAttribute('revoked') === 'true'
    // Whole seconds, so that the text does not run ahead of the ring.
    const now = Math.ceil(Date.now() / SECOND) * SECOND
    if (this.#span.expiresAt !== expiresAt) this.#span = { expiresAt, startedAt: now }
    const left = expiresAt === null ? 0 : Math.max(0, expiresAt - now)
    const whole = expiresAt === null ? 1 : Math.max(1, expiresAt - this.#span.startedAt)
    const text = expiresAt === null ? '–' : toCountdown(left)
    this.ariaLabel = `The access token expires in ${text}`
    this.style.setProperty('--left', String(Math.min(1, left / whole)))
    this.#main.textContent = isRevoked ? 'revoked' : text
    this.#below.textContent = isRevoked ? 'by Spatio' : 'left'
  }
}
