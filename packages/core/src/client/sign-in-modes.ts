import { SpatioAuthError } from '../errors.js'
import type { AuthState } from '../session/auth-state.js'
import type { Lifecycle } from './lifecycle.js'
import { createPopupSignIn } from './popup-sign-in.js'
import { signIn } from './sign-in.js'
import type { SignIn, SignInOptions } from './spatio-auth.js'

export interface SignInModes {
  readonly run: SignIn
  /** Ends what waits for a user. */
  readonly close: () => void
}

/** The three ways to sign in: leave the page, open a window beside it, or ask in a hidden frame. */
export function createSignIn(lifecycle: Lifecycle): SignInModes {
  const popup = createPopupSignIn(lifecycle)
  let navigation: Promise<never> | null = null

  const leave = async (options: SignInOptions): Promise<never> => {
    popup.refuseSecond()
    navigation ??= lifecycle
      .started()
      .then(({ context }) => signIn(context, options))
      .finally(() => (navigation = null))
    return navigation
  }
  const openPopup = async (options: SignInOptions): Promise<AuthState> => {
    if (navigation !== null)
      throw new SpatioAuthError('interaction_in_progress', { phase: 'authorization_request' })
    return (await popup.run(options)) ?? leave(options)
  }
  const askSilently = async (options: SignInOptions): Promise<AuthState> =>
    (await lifecycle.started()).silent.run(options)

  const run = (options: SignInOptions = {}): Promise<AuthState> => {
    if (options.mode === 'popup') return openPopup(options)
    if (options.mode === 'iframe') return askSilently(options)
    return leave(options)
  }
  return { run: run as SignIn, close: popup.close }
}
