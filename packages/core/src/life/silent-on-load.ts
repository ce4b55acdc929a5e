import { SpatioAuthError } from '../errors.js'
import { toRedirectUri } from '../redirect-uri.js'
import { refuseSilently } from './callback.js'
import type { ClientContext } from './client-context.js'
import { maySignInSilently } from './sign-in-marks.js'
import { leaveForAuthority, toAuthorizationRequest } from './redirect-sign-in.js'
import type { SilentSignIn } from './silent-sign-in.js'

/**
 * Nothing is stored: asks the authority who is signed in there, as `silentOnLoad` says. Nobody asked for this, so
 * whatever fails ends as signed out, without an error; an unexpected failure is a `warning` event.
 */
export async function signInOnLoad(context: ClientContext, silent: SilentSignIn): Promise<void> {
  const { options, environment } = context
  try {
    if (!maySignInSilently(context)) throw new SpatioAuthError('login_required', { phase: 'callback' })
    if (options.silentOnLoad === 'iframe') {
      await silent.run({})
      return
    }
    const redirectUri = toRedirectUri(options, environment.location.origin)
    await leaveForAuthority(context, toAuthorizationRequest(context, { prompt: 'none' }, redirectUri))
  } catch (error) {
    if (!(error instanceof SpatioAuthError)) throw error
    if (!context.isDisposed()) refuseSilently(context, error)
  }
}
