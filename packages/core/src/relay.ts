/**
 * The script of a relay page: the page that `relayPath` names, to which popups and hidden frames bring their answer.
 * Import it for what it does; it exports nothing. It hands the answer to the page that waits and closes a popup. It
 * restores, refreshes and exchanges nothing.
 *
 * What it says goes into the element with the id `spatio-relay`, or to the end of the page; `<html>` carries
 * `data-spatio-relay`, `finished` or `popup_orphaned`, for your own styles.
 *
 * @module
 */

import { relayResponse, type RelayOutcome, type RelayPage } from './relay-response.js'

const WORDS: Record<RelayOutcome, string> = {
  finished: 'Finished. You can close this window.',
  popup_orphaned: 'No page waits for this sign-in any more. ',
}

/** Words for whoever still looks at the page, in its `#spatio-relay` or at its end; styled by `data-spatio-relay`. */
function show(outcome: RelayOutcome): void {
  document.documentElement.dataset['spatioRelay'] = outcome
  const place =
    document.querySelector('#spatio-relay') ?? document.body.appendChild(document.createElement('p'))
  place.id = 'spatio-relay'
  place.setAttribute('role', 'status')
  place.textContent = WORDS[outcome]
  if (outcome === 'finished') return
  const link = document.createElement('a')
  link.href = '/'
  link.textContent = 'Open the app and sign in again'
  place.append(link)
}

if (typeof window !== 'undefined') {
  relayResponse({
    location,
    history,
    recipient: parent === self ? (opener as RelayPage['recipient']) : parent,
    openChannel: (name) => new BroadcastChannel(name),
    setTimer: (callback, delayMs) => setTimeout(callback, delayMs),
    show,
    close: () => window.close(),
  })
}
