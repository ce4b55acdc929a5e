import type { OpenedFrame, OpenedWindow } from '../../src/environment.js'

/** A popup as its opener sees it. */
export class FakePopup implements OpenedWindow {
  closed = false
  readonly outerWidth = 480
  readonly outerHeight = 720
  isCentered = false
  timesFocused = 0
  /** Where it was sent. */
  readonly navigations: string[] = []
  #isForeign = false
  #isCut = false
  readonly location: OpenedWindow['location']

  constructor() {
    const readHref = () => this.#readHref()
    this.location = {
      get href() {
        return readHref()
      },
      replace: (url) => void this.navigations.push(String(url)),
    }
  }

  close(): void {
    // The browser has cut the tie: whatever the opener says does not arrive.
    if (!this.#isCut) this.closed = true
  }

  moveTo(): void {
    this.isCentered = true
  }

  focus(): void {
    this.timesFocused++
  }

  /** The page of another origin is there. */
  arrive(): void {
    this.#isForeign = true
  }

  /** The page that is there has a Cross-Origin-Opener-Policy: to its opener the popup reads as closed. */
  cutOff(): void {
    this.closed = true
    this.#isCut = true
  }

  #readHref(): string {
    if (this.#isForeign && !this.closed) throw new DOMException('Blocked a frame', 'SecurityError')
    return 'about:blank'
  }
}

/** A hidden frame as its page sees it. */
export class FakeFrame implements OpenedFrame {
  readonly url: string
  /** Stands for its `contentWindow`. */
  readonly window: object = {}
  #isAttached = true

  constructor(url: string) {
    this.url = url
  }

  readonly isAttached = (): boolean => this.#isAttached
  readonly remove = (): void => void (this.#isAttached = false)
}
