import { relayChannelName, TAKEN, type RelayedResponse } from './relay-channel.js'

/** What became of an answer: a page took it, or nobody waits for it (any more). */
export type RelayOutcome = 'finished' | 'popup_orphaned'

/** What the relay uses of its page, as values. */
export interface RelayPage {
  readonly location: Pick<Location, 'href' | 'origin'>
  readonly history: Pick<History, 'replaceState'>
  /** The opener of a popup or the parent of a frame; null where there is none or the browser cut the tie. */
  readonly recipient: { readonly postMessage: (message: unknown, targetOrigin: string) => void } | null
  readonly openChannel: (name: string) => BroadcastChannel
  readonly setTimer: (callback: () => void, delayMs: number) => unknown
  readonly show: (outcome: RelayOutcome) => void
  readonly close: () => void
}

/** How long the waiting page may take to answer before there seems to be none (ms). */
const ORPHAN_GRACE = 1500

/**
 * Hands the answer in the address bar to the page that waits for it, and does nothing else. By two ways, because
 * each can be cut: `postMessage` by a Cross-Origin-Opener-Policy at the authority, the channel where the waiting
 * page is itself in another site's frame. Both reach this origin only.
 */
export function relayResponse(page: RelayPage): void {
  const { origin, href } = page.location
  const url = new URL(href)
  const state = url.searchParams.get('state')
  // Tokens in the fragment are part of the answer, which is refused for them.
  const query = url.search.slice(1) + url.hash.replace('#', '&')
  // Before anything can send a Referer or be bookmarked (RFC 9700 4.2.4).
  page.history.replaceState(null, '', url.pathname)
  if (!state) return page.show('popup_orphaned')
  let isTaken = false
  const channel = page.openChannel(relayChannelName(state))
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data !== TAKEN) return
    isTaken = true
    page.show('finished')
    page.close()
  }
  const message: RelayedResponse = { query }
  page.recipient?.postMessage(message, origin)
  channel.postMessage(message)
  page.setTimer(() => isTaken || page.show('popup_orphaned'), ORPHAN_GRACE)
}
