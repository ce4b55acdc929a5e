import type { Environment, EnvironmentEvent } from '../../src/environment.js'
import type { FakeClock } from './fake-clock.js'
import { FakeLocks } from './fake-locks.js'
import { FakeStorage } from './fake-storage.js'
import { FakeFrame, FakePopup } from './fake-window.js'

export const APP_ORIGIN = 'http://localhost:5173'

/** One browser: what its tabs share. */
export class FakeBrowser {
  readonly clock: FakeClock
  readonly locks = new FakeLocks()
  readonly tabs = new Set<FakeTab>()
  localStorage: FakeStorage
  fetch: typeof fetch

  constructor(clock: FakeClock, fetchFunction: typeof fetch) {
    this.clock = clock
    this.fetch = fetchFunction
    this.localStorage = new FakeStorage()
  }

  /** A new tab; a copy (duplicate, window.open) starts with the other tab's sessionStorage. */
  open(path = '/', copyOf?: FakeTab): FakeTab {
    const tab = new FakeTab(this, new URL(path, APP_ORIGIN).href, copyOf?.sessionStorage.entries() ?? [])
    this.tabs.add(tab)
    return tab
  }
}

/** One tab. `load` is a page load: what lived in the page is gone, what is stored stays. */
export class FakeTab {
  readonly browser: FakeBrowser
  readonly sessionStorage: FakeStorage
  readonly #listeners = new Set<{ type: string; listener: (event: Event) => void }>()
  readonly #channels = new Set<FakeChannel>()
  readonly #localView: Storage
  readonly #timers = new Set<() => void>()
  href: string
  historyState: unknown = null
  isVisible = true
  isFramed = false
  /** Where the page was told to go. */
  navigations: string[] = []
  storageError: Error | null = null
  /** What `window.open` does in this tab. */
  popupPolicy: 'opens' | 'blocks' | 'this-window' = 'opens'
  readonly popups: FakePopup[] = []
  readonly frames: FakeFrame[] = []
  hasFocus = true
  hasChannels = true
  hasLocks = true
  /** As in a sandboxed frame: there, but every request is refused. */
  areLocksRefused = false
  /** What a read of the shared session record yields instead: storage is not ordered with locks. */
  #staleRecord: string | null = null

  constructor(browser: FakeBrowser, href: string, items: [string, string][]) {
    this.browser = browser
    this.href = href
    this.sessionStorage = new FakeStorage(items)
    this.#localView = this.#createLocalView()
  }

  load(href: string): void {
    this.browser.locks.release(this)
    this.#listeners.clear()
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
    for (const channel of [...this.#channels]) channel.close()
    this.href = new URL(href, APP_ORIGIN).href
  }

  close(): void {
    this.load(this.href)
    this.browser.tabs.delete(this)
  }

  dispatch(type: EnvironmentEvent, event: Event = new Event(type)): void {
    for (const entry of [...this.#listeners]) if (entry.type === type) entry.listener(event)
  }

  /** What the client sees of this tab. */
  environment(): Environment {
    const { browser } = this
    return {
      now: browser.clock.now,
      monotonic: browser.clock.monotonic,
      setTimer: (callback, delayMs) => this.#setTimer(callback, delayMs),
      fetch: (input, init) => browser.fetch(input, init),
      crypto: globalThis.crypto,
      location: this.#location(),
      history: this.#history(),
      isVisible: () => this.isVisible,
      isFramed: () => this.isFramed,
      hasFocus: () => this.hasFocus,
      centerPopup: (popup) => popup.moveTo(0, 0),
      openPopup: () => this.#openPopup(),
      openFrame: (url) => this.#openFrame(url),
      openStorage: (area) => this.#openStorage(area),
      locks: this.#locks(),
      openChannel: (name) => (this.hasChannels ? this.#openChannel(name) : null),
      listen: (type, listener) => this.#listen(type, listener),
      announceNavigation: () => undefined,
    }
  }

  #openPopup(): FakePopup | 'this-window' | null {
    if (this.popupPolicy === 'this-window') return 'this-window'
    if (this.popupPolicy === 'blocks') return null
    const popup = new FakePopup()
    this.popups.push(popup)
    return popup
  }

  #openFrame(url: string): FakeFrame {
    const frame = new FakeFrame(url)
    this.frames.push(frame)
    return frame
  }

  #setTimer(callback: () => void, delayMs: number): () => void {
    const cancel = this.browser.clock.setTimer(callback, delayMs)
    this.#timers.add(cancel)
    return cancel
  }

  #location(): Environment['location'] {
    const href = () => this.href
    return {
      get href() {
        return href()
      },
      origin: APP_ORIGIN,
      assign: (url) => void this.navigations.push(String(url)),
      replace: (url) => void this.navigations.push(String(url)),
    }
  }

  #history(): Environment['history'] {
    const state = () => this.historyState
    return {
      get state(): unknown {
        return state()
      },
      replaceState: (next: unknown, _unused: string, url) => {
        this.historyState = next
        this.href = new URL(String(url), this.href).href
      },
    }
  }

  #locks(): LockManager | null {
    if (!this.hasLocks) return null
    if (!this.areLocksRefused) return this.browser.locks.forTab(this)
    const refuse = () => Promise.reject(new DOMException('refused', 'SecurityError'))
    return { request: refuse, query: refuse } as unknown as LockManager
  }

  /** Lets this tab read an old session record until it is told `null`. */
  showStaleLocal(record: string | null): void {
    this.#staleRecord = record
  }

  #openStorage(area: 'session' | 'local'): Storage {
    if (this.storageError !== null) throw this.storageError
    return area === 'session' ? this.sessionStorage : this.#localView
  }

  /** Writes of this tab raise the storage event in the others. */
  #createLocalView(): Storage {
    const shared = this.browser.localStorage
    const tell = (key: string | null, newValue: string | null) => this.#tellOthers(key, newValue)
    return new Proxy(shared, {
      get: (target, name) => {
        if (name === 'setItem')
          return (key: string, value: string) => (target.setItem(key, value), tell(key, value))
        if (name === 'removeItem') return (key: string) => (target.removeItem(key), tell(key, null))
        if (name === 'getItem')
          return (key: string) => (key.includes('#') ? null : this.#staleRecord) ?? target.getItem(key)
        if (name === 'clear') return () => (target.clear(), tell(null, null))
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value
      },
    })
  }

  #tellOthers(key: string | null, newValue: string | null): void {
    for (const tab of this.browser.tabs) {
      if (tab === this) continue
      const event = Object.assign(new Event('storage'), { key, newValue, storageArea: tab.#localView })
      queueMicrotask(() => tab.dispatch('storage', event))
    }
  }

  #openChannel(name: string): BroadcastChannel {
    const channel = new FakeChannel(name, this.browser, this, () => this.#channels.delete(channel))
    this.#channels.add(channel)
    return channel as unknown as BroadcastChannel
  }

  receive(name: string, data: unknown): void {
    for (const channel of this.#channels)
      if (channel.name === name) channel.onmessage?.({ data } as MessageEvent<unknown>)
  }

  #listen(type: EnvironmentEvent, listener: (event: Event) => void): () => void {
    const entry = { type, listener }
    this.#listeners.add(entry)
    return () => void this.#listeners.delete(entry)
  }
}

class FakeChannel {
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null
  readonly name: string
  readonly #browser: FakeBrowser
  readonly #owner: FakeTab
  readonly #onClose: () => void

  constructor(name: string, browser: FakeBrowser, owner: FakeTab, onClose: () => void) {
    this.name = name
    this.#browser = browser
    this.#owner = owner
    this.#onClose = onClose
  }

  postMessage(data: unknown): void {
    const copy: unknown = structuredClone(data)
    for (const tab of this.#browser.tabs)
      if (tab !== this.#owner) queueMicrotask(() => tab.receive(this.name, copy))
  }

  close(): void {
    this.#onClose()
  }
}
