import { tellMistakes } from '#mistakes'
import type { OpenedWindow } from '../environment.js'
import type { AuthState } from '../session/auth-state.js'
import type { Front } from './front.js'
import type { SignInOptions } from './spatio-auth.js'

/** Starts a sign-in; all but a popup's window is up to what has to be loaded for it. */
export async function signIn(front: Front, options: SignInOptions): Promise<AuthState> {
  // Before this one sweeps away what earlier ones have left.
  tellMistakes(front)
  // In the click's own turn: a second popup is refused before it opens.
  if (front.life) return front.life.signIn(options)
  void front.loadEngine().catch(() => undefined)
  // Only a click may open a window, and the click is over when the code has come.
  const popup =
    options.mode === 'popup' && front.tab.options.relayPath !== undefined && !options.signal?.aborted
      ? front.tab.environment.openPopup()
      : undefined
  try {
    const life = await front.requireLife()
    return await life.signIn(options, popup)
  } catch (error) {
    ;(popup as OpenedWindow | null | undefined)?.close?.()
    throw error
  }
}
