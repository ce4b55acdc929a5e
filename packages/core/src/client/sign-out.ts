import type { UnauthenticatedReason } from '../session/auth-state.js'
import { markSignedOut, tryStorage } from '../session/sign-out-mark.js'
import { forgetSession, restoreSession } from '../session/stored-session.js'
import type { Tab } from '../session/tab.js'
import { itemKey } from '../storage-names.js'
import { showEnded, type Front } from './front.js'
import { requestRevocation, tokensOf } from './revocation.js'
import { storedNames } from './take-callback.js'

/** Ends the session here and in the other tabs first; the authority hears of it afterwards, if it can. */
export async function signOut(front: Front): Promise<void> {
  const { tab } = front
  const { session } = tab
  // Whatever is under way, a callback or a refresh, answers too late from here on.
  tab.generation++
  // Asked before `ready()`: what is stored ends as well. And what another tab has refreshed, of which life would know.
  if (session === null || (tab.storage?.isShared && !front.life))
    await restoreSession(tab).catch(() => forgetSession(tab))
  tab.session ??= session
  await endUserSession(front, 'signed-out', true)
}

/** Ends the user's session in every tab: at their wish, or because nobody has been there for long. */
export async function endUserSession(
  front: Front,
  reason: UnauthenticatedReason,
  isRevoked: boolean,
): Promise<void> {
  const { tab } = front
  const { session } = tab
  forgetSignIns(tab)
  front.callback = null
  if (session === null) return showEnded(front, reason)
  const removed = forgetSession(tab)
  // The other tabs hear of that by the storage event.
  markSignedOut(tab, session)
  showEnded(front, reason)
  const { revocationEndpoint } = session
  // Sent before anything is waited for, as the page may be left.
  const answers =
    isRevoked && revocationEndpoint !== null
      ? tokensOf(session).map((token) => requestRevocation(tab, revocationEndpoint, token))
      : []
  front.requireLife().then(
    (life) => life.finishSignOut(session, answers),
    () => undefined,
  )
  await removed
}

/** Nothing of a sign-in stays behind, what follows is no loop, and nobody is signed in again without being asked. */
function forgetSignIns(tab: Tab): void {
  const { options } = tab
  const prefix = itemKey(options, '')
  tryStorage(tab, 'session', (area) => {
    for (const name of storedNames(tab, prefix)) area.removeItem(prefix + name)
    if (options.silentOnLoad !== 'off') area.setItem(itemKey(options, 'silent'), '1')
  })
}
