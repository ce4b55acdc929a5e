import type { AuthState } from '../session/auth-state.js'
import type { OpenedPopup } from '../environment.js'
import type { ClientContext } from './client-context.js'
import { createPopupSignIn } from './popup-sign-in.js'
import { toRefusedRequest } from './refused-request.js'
import { signInByRedirect } from './redirect-sign-in.js'
import type { SignInOptions } from '../client/spatio-auth.js'
import type { SilentSignIn } from './silent-sign-in.js'

export interface SignInModes {
  /** @param popup the window that is open for it already */
  readonly run: (options: SignInOptions, popup?: OpenedPopup) => Promise<AuthState>
  /** Ends what waits for a user. */
  readonly close: () => void
}

/** The three ways to sign in: leave the page, open a window beside it, or ask in a hidden frame. */
export function createSignInModes(context: ClientContext, silent: SilentSignIn): SignInModes {
  const popup = createPopupSignIn(context)
  let navigation: Promise<never> | null = null

  const leave = async (options: SignInOptions): Promise<never> => {
    popup.refuseSecond()
    navigation ??= context.front
      .started()
      .then(() => signInByRedirect(context, options))
      .finally(() => (navigation = null))
    return navigation
  }
  const openPopup = async (options: SignInOptions, opened?: OpenedPopup): Promise<AuthState> => {
    if (navigation !== null) throw toRefusedRequest('interaction_in_progress')
    return (await popup.run(options, opened)) ?? leave(options)
  }
  const askSilently = async (options: SignInOptions): Promise<AuthState> =>
    context.front.started().then(() => silent.run(options))

  return {
    run: (options, opened) => {
      if (options.mode === 'popup') return openPopup(options, opened)
      if (options.mode === 'iframe') return askSilently(options)
      return leave(options)
    },
    close: popup.close,
  }
}
