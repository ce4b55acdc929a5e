import type { Environment, OpenedWindow } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import type { SignInResult } from '../protocol/authorization-response.js'
import { authorizeBeside } from './authorization-beside.js'
import type { AuthorizationContext } from './authorization-context.js'

/** How often to look whether the popup is still there, and how long its answer may be on the way afterwards (ms). */
const LOOK_INTERVAL = 100
const ANSWER_GRACE = 600

/**
 * Sends an open popup to the authority and waits for what its relay page hands back; the popup is closed on
 * every way out.
 * @throws SpatioAuthError `popup_closed`, `popup_timeout`, the signal's reason, and those of an authorization request
 */
export async function authorizeInPopup(
  context: AuthorizationContext,
  request: AuthorizationRequest,
  popup: OpenedWindow,
  signal: AbortSignal,
): Promise<SignInResult> {
  const { options, environment } = context
  return authorizeBeside(context, request, signal, (url) => {
    if (!popup.closed) popup.location.replace(url)
    return {
      source: popup,
      timeout: options.transactionLifetime * 1000,
      toLateError: () => toError('popup_timeout'),
      watch: (end) => watchPopup(environment, popup, () => end(toError('popup_closed'))),
      close: () => popup.close(),
    }
  })
}

/**
 * Tells when the user closed the popup. `closed` alone does not: a page with a Cross-Origin-Opener-Policy reads as
 * closed while it is open. So a popup counts as closed when it was seen at the authority before (such a page never
 * is) and the user is back here (a later page of that kind keeps the focus); else only time ends the wait.
 */
function watchPopup(
  { setTimer, hasFocus }: Environment,
  popup: OpenedWindow,
  onClosed: () => void,
): () => void {
  let hasArrived = popup.closed
  let cancel: () => void = () => undefined
  const look = (): void => {
    const isGone = popup.closed
    hasArrived ||= !isGone && isElsewhere(popup)
    const isClosed = isGone && hasArrived && hasFocus()
    cancel = isClosed ? setTimer(onClosed, ANSWER_GRACE) : setTimer(look, LOOK_INTERVAL)
  }
  look()
  return () => cancel()
}

/** A page of another origin lets nobody read its address. */
function isElsewhere({ location }: OpenedWindow): boolean {
  try {
    return location.href !== 'about:blank'
  } catch {
    return true
  }
}

function toError(code: 'popup_closed' | 'popup_timeout'): SpatioAuthError {
  return new SpatioAuthError(code, { phase: 'authorization_request', retryable: true })
}
