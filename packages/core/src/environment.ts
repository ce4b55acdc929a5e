import { SpatioAuthError } from './errors.js'

/** What the client needs of the browser, as values, so that tests decide the time, the tabs and the network. */
export interface Environment {
  /** The wall clock, ms since the epoch. It may jump. */
  readonly now: () => number
  /** A clock that never jumps back, ms. It may stand still while the device sleeps. */
  readonly monotonic: () => number
  /** Runs `callback` after `delayMs`, also beyond the 2^31 ms a timer can hold. @returns its cancel */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
  readonly fetch: typeof fetch
  readonly crypto: Crypto
  readonly location: Pick<Location, 'href' | 'origin' | 'assign' | 'replace'>
  readonly history: Pick<History, 'state' | 'replaceState'>
  readonly isVisible: () => boolean
  readonly isFramed: () => boolean
  readonly hasFocus: () => boolean
  /** An empty popup; null when it was blocked. In-app browsers give this very window back. Only in a click. */
  readonly openPopup: () => OpenedWindow | 'this-window' | null
  /** A hidden frame at the end of the page. */
  readonly openFrame: (url: string) => OpenedFrame
  /** Throws where the browser blocks storage. */
  readonly openStorage: (area: 'session' | 'local') => Storage
  /** Null where Web Locks are missing. */
  readonly locks: LockManager | null
  readonly openChannel: (name: string) => BroadcastChannel | null
  /** @returns its unlisten */
  readonly listen: (type: EnvironmentEvent, listener: (event: Event) => void) => () => void
  /** Tells the app's router that the URL changed under it. */
  readonly announceNavigation: () => void
}

export type EnvironmentEvent =
  | 'visibilitychange'
  | 'pageshow'
  | 'pagehide'
  | 'online'
  | 'focus'
  | 'storage'
  | 'message'
  /** What a person does: the end of idleness. */
  | 'pointerdown'
  | 'pointermove'
  | 'keydown'
  | 'wheel'

/** A popup, as far as another origin's page lets it be used. */
export type OpenedWindow = Pick<Window, 'closed' | 'close' | 'focus'> & {
  readonly location: Pick<Location, 'href' | 'replace'>
}

export interface OpenedFrame {
  /** What its messages name as their source. */
  readonly window: unknown
  readonly isAttached: () => boolean
  readonly remove: () => void
}

/** Timers hold a signed 32-bit number of ms and fire at once beyond it (HTML, timers). */
const LONGEST_TIMER = 2 ** 31 - 1

/** The page's own globals, read when the client starts: constructing a client touches none of them. */
export function browserEnvironment(): Environment {
  if (typeof window === 'undefined' || typeof document === 'undefined') {
    throw new SpatioAuthError('environment_unsupported', { phase: 'configuration' })
  }
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimer,
    fetch: (input, init) => window.fetch(input, init),
    crypto: window.crypto,
    location: window.location,
    history: window.history,
    isVisible: () => document.visibilityState === 'visible',
    isFramed: () => window.top !== window.self,
    hasFocus: () => document.hasFocus(),
    openPopup,
    openFrame,
    openStorage: (area) => (area === 'local' ? window.localStorage : window.sessionStorage),
    locks: navigator.locks ?? null,
    openChannel: (name) => (typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)),
    listen,
    announceNavigation: () =>
      window.dispatchEvent(new PopStateEvent('popstate', { state: window.history.state })),
  }
}

/** In the middle of the window that opens it. */
function openPopup(): OpenedWindow | 'this-window' | null {
  const left = window.screenX + (window.outerWidth - 480) / 2
  const top = window.screenY + (window.outerHeight - 720) / 2
  const opened = window.open('', '_blank', `popup,width=480,height=720,left=${left},top=${top}`)
  return opened === window ? 'this-window' : opened
}

function openFrame(url: string): OpenedFrame {
  const frame = document.createElement('iframe')
  frame.hidden = true
  // A page that is shown after all must not lead this one away.
  frame.sandbox.value = 'allow-scripts allow-same-origin allow-forms'
  frame.src = url
  document.body.append(frame)
  return { window: frame.contentWindow, isAttached: () => frame.isConnected, remove: () => frame.remove() }
}

function setTimer(callback: () => void, delayMs: number): () => void {
  let left = Math.max(0, delayMs)
  let handle: ReturnType<typeof setTimeout>
  const next = () => {
    const step = Math.min(left, LONGEST_TIMER)
    left -= step
    handle = setTimeout(left > 0 ? next : callback, step)
  }
  next()
  return () => clearTimeout(handle)
}

function listen(type: EnvironmentEvent, listener: (event: Event) => void): () => void {
  const target = type === 'visibilitychange' ? document : window
  target.addEventListener(type, listener)
  return () => target.removeEventListener(type, listener)
}
