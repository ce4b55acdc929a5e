import type { Environment, FrontEnvironment, OpenedFrame, OpenedWindow } from '../environment.js'

/** Timers hold a signed 32-bit number of ms and fire at once beyond it (HTML, timers). */
const LONGEST_TIMER = 2 ** 31 - 1

/** What the front's environment lacks; one that a test has given whole stays as it is. */
export function toPageEnvironment(front: FrontEnvironment): Environment {
  if ('openFrame' in front) return front as Environment
  return {
    ...front,
    setTimer,
    monotonic: () => performance.now(),
    locks: navigator.locks ?? null,
    openChannel: (name) => (typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)),
    crypto,
    isVisible: () => document.visibilityState === 'visible',
    isFramed: () => window.top !== window.self,
    hasFocus: () => document.hasFocus(),
    centerPopup,
    openFrame,
    announceNavigation: () => window.dispatchEvent(new PopStateEvent('popstate', { state: history.state })),
  }
}

function centerPopup(popup: OpenedWindow): void {
  popup.moveTo(screenX + (outerWidth - popup.outerWidth) / 2, screenY + (outerHeight - popup.outerHeight) / 2)
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
