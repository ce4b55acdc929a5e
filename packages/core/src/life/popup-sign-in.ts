import type { OpenedPopup, OpenedWindow } from '../environment.js'
import { requireRelayUri } from '../validate-options.js'
import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import type { AuthState } from '../session/auth-state.js'
import { authorizeInPopup } from './popup-authorization.js'
import { finishInPlace } from './callback.js'
import type { ClientContext } from './client-context.js'
import { followSignal } from './signal.js'
import { toRefusedRequest } from './refused-request.js'
import { toAuthorizationRequest } from './redirect-sign-in.js'
import type { SignInOptions } from '../client/spatio-auth.js'

export interface PopupSignIn {
  /** Null where the browser gave this very window instead of a popup. */
  readonly run: (options: SignInOptions, opened?: OpenedPopup) => Promise<AuthState | null>
  /** Brings the popup that is open to the front and refuses what would be a second sign-in. */
  readonly refuseSecond: () => void
  readonly close: () => void
}

interface OpenPopup {
  readonly window: OpenedWindow
  readonly controller: AbortController
}

/** One sign-in in a popup at a time; the page stays as it is until the session has changed. */
export function createPopupSignIn(context: ClientContext): PopupSignIn {
  let open: OpenPopup | null = null
  const refuseSecond = (): void => {
    // One that reads as closed may only have been cut off (COOP): the user who asks again has lost it.
    if (open === null || open.window.closed) return
    open.window.focus()
    throw toRefusedRequest('interaction_in_progress')
  }
  return {
    refuseSecond,
    run: async (options, opened) => {
      const { environment, view } = context
      const relayUri = requireRelayUri(context.options, environment.location.origin)
      const request = toAuthorizationRequest(context, options, relayUri)
      refuseSecond()
      if (options.signal?.aborted) throw toRefusedRequest('aborted')
      // Before anything is awaited: only a click may open a window.
      const window = opened === undefined ? environment.openPopup() : opened
      if (window === 'this-window') return null
      // Opened in the click, and closed by its user before this was loaded; else a blocker did that.
      if (window === null || window.closed)
        throw toRefusedRequest(window && opened ? 'popup_closed' : 'popup_blocked')
      environment.centerPopup(window)
      open?.controller.abort(toRefusedRequest('popup_closed'))
      const popup = { window, controller: new AbortController() }
      open = popup
      view.showActivity({ pending: 'sign-in' })
      return authorize(context, request, popup, options.signal).finally(() => {
        if (open !== popup) return
        open = null
        view.showActivity({ pending: null })
      })
    },
    close: () => open?.controller.abort(toRefusedRequest('client_disposed')),
  }
}

async function authorize(
  context: ClientContext,
  request: AuthorizationRequest,
  { window, controller }: OpenPopup,
  signal: AbortSignal | undefined,
): Promise<AuthState> {
  const unfollow = followSignal(controller, signal, () => toRefusedRequest('aborted'))
  try {
    await context.front.started()
    const generation = context.generation()
    await context.loadEngine()
    context.emit('sign_in_started', { scope: request.scope })
    const result = await authorizeInPopup(context, request, window, controller.signal)
    return await finishInPlace(context, result, generation)
  } finally {
    unfollow()
    window.close()
  }
}
