import { relayResponse, type RelayOutcome } from '../../src/relay-response.js'
import { APP_ORIGIN, type FakeTab } from './fake-browser.js'

/** A loaded relay page, and what it showed. */
export interface RelayPage {
  readonly tab: FakeTab
  readonly shown: RelayOutcome[]
  readonly isClosed: () => boolean
}

/** What of a page can receive messages: `source` is the window they come from. */
export interface Recipient {
  readonly tab: FakeTab
  readonly source: unknown
}

/** Loads the relay page where the authority sent the popup or frame; null: no opener is left. */
export function loadRelayPage(waiting: FakeTab, href: string, recipient: Recipient | null): RelayPage {
  const tab = waiting.browser.open(href)
  const { location, history, openChannel, setTimer } = tab.environment()
  const shown: RelayOutcome[] = []
  let isClosed = false
  relayResponse({
    location,
    history,
    recipient: recipient && { postMessage: (data, origin) => post(recipient, data, origin) },
    openChannel: (name) => openChannel(name) as BroadcastChannel,
    setTimer,
    show: (outcome) => shown.push(outcome),
    close: () => (isClosed = true),
  })
  return { tab, shown, isClosed: () => isClosed }
}

function post({ tab, source }: Recipient, data: unknown, targetOrigin: string): void {
  if (targetOrigin === APP_ORIGIN) postTo(tab, { data: structuredClone(data), origin: APP_ORIGIN, source })
}

/** Delivers a message to a page's window. */
export function postTo(
  tab: FakeTab,
  message: { readonly data: unknown; readonly origin: string; readonly source: unknown },
): void {
  queueMicrotask(() => tab.dispatch('message', Object.assign(new Event('message'), message)))
}
