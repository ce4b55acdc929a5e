import { SpatioAuthError } from './errors.js'

/** What the front needs of the browser, as values, so that tests decide the time, the tabs and the network. */
export interface FrontEnvironment {
  /** The wall clock, ms since the epoch. It may jump. */
  readonly now: () => number
  /** Runs `callback` after `delayMs`. @returns its cancel */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
  readonly fetch: typeof fetch
  readonly location: Pick<Location, 'href' | 'origin' | 'assign' | 'replace'>
  readonly history: Pick<History, 'state' | 'replaceState'>
  /** An empty popup. Only in a click. */
  readonly openPopup: () => OpenedPopup
  /** Throws where the browser blocks storage. */
  readonly openStorage: (area: 'session' | 'local') => Storage
  /** @returns its unlisten */
  readonly listen: (type: EnvironmentEvent, listener: (event: Event) => void) => () => void
}

/** What the rest of the client needs beside that; its `setTimer` holds beyond the 2^31 ms of a timer. */
export interface Environment extends FrontEnvironment {
  /** A clock that never jumps back, ms. It may stand still while the device sleeps. */
  readonly monotonic: () => number
  /** Null where Web Locks are missing. */
  readonly locks: LockManager | null
  readonly openChannel: (name: string) => BroadcastChannel | null
  readonly crypto: Crypto
  readonly isVisible: () => boolean
  readonly isFramed: () => boolean
  readonly hasFocus: () => boolean
  /** Puts a popup, still empty, in the middle of this window. */
  readonly centerPopup: (popup: OpenedWindow) => void
  /** A hidden frame at the end of the page. */
  readonly openFrame: (url: string) => OpenedFrame
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
export type OpenedWindow = Pick<
  Window,
  'closed' | 'close' | 'focus' | 'moveTo' | 'outerWidth' | 'outerHeight'
> & {
  readonly location: Pick<Location, 'href' | 'replace'>
}

/** Null when it was blocked; in-app browsers give this very window back. */
export type OpenedPopup = OpenedWindow | 'this-window' | null

export interface OpenedFrame {
  /** What its messages name as their source. */
  readonly window: unknown
  readonly isAttached: () => boolean
  readonly remove: () => void
}

/** The page's own globals, read when the client starts: constructing a client touches none of them. */
export function browserEnvironment(): FrontEnvironment {
  if (typeof document === 'undefined') throw unsupported()
  return {
    now: () => Date.now(),
    setTimer: (callback, delayMs) => {
      // Beyond 2^31 ms it would fire at once; nobody waits so long for a page.
      const handle = setTimeout(callback, Math.min(delayMs, 1e9))
      return () => clearTimeout(handle)
    },
    fetch: (input, init) => fetch(input, init),
    location,
    history,
    openPopup,
    openStorage: (area) => window[`${area}Storage`],
    // What happens to the document is heard at the window too.
    listen: (type, listener) => {
      addEventListener(type, listener)
      return () => removeEventListener(type, listener)
    },
  }
}

export function unsupported(): SpatioAuthError {
  return new SpatioAuthError('environment_unsupported', { phase: 'configuration' })
}

function openPopup(): OpenedPopup {
  const opened = open('', '_blank', 'popup,width=480,height=640')
  return opened === window ? 'this-window' : opened
}
