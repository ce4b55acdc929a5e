import { SpatioAuthError } from '../errors.js'
import { toRedirectUri } from '../options.js'
import type { ClientContext } from './client-context.js'
import { toReturnTo } from './return-to.js'
import { countNavigation, mustReauthenticate, refuseLoop } from './sign-in-marks.js'
import type { SignInOptions } from './spatio-auth.js'

/** How long a page may stay after it was told to leave (ms). */
const NAVIGATION_TIMEOUT = 30_000

/** Sends the user to the authority; rejects when the page stayed after all. */
export async function signIn(context: ClientContext, options: SignInOptions): Promise<never> {
  const { environment, view, emit } = context
  const scope = requestedScope(context, options)
  const maxAge = requestedMaxAge(options)
  const redirectUri = toRedirectUri(context.options, environment.location.origin)
  const returnTo = toReturnTo(
    options.returnTo ?? environment.location.href,
    environment.location.origin,
    redirectUri,
  )
  refuseLoop(context)
  view.showActivity({ pending: 'sign-in' })
  try {
    const engine = await context.loadEngine()
    const prompt = options.prompt ?? (mustReauthenticate(context) ? 'login' : null)
    const url = await engine.createAuthorizationRequest({ scope, prompt, maxAge, returnTo })
    if (context.isDisposed()) throw new SpatioAuthError('client_disposed', { phase: 'authorization_request' })
    countNavigation(context)
    emit('sign_in_started', { scope })
    environment.location.assign(url)
    return await pageStayed(context)
  } finally {
    view.showActivity({ pending: null })
  }
}

function requestedScope(context: ClientContext, { scope }: SignInOptions): string {
  const requested = scope ?? context.options.scope
  if (!requested.split(' ').includes('openid')) throw invalid('scope must hold openid')
  return requested
}

function requestedMaxAge({ maxAge }: SignInOptions): number | null {
  if (maxAge === undefined) return null
  if (!Number.isInteger(maxAge) || maxAge < 0) throw invalid('maxAge is not a number of seconds')
  return maxAge
}

/** Back from the authority's page by the back button (bfcache), a refused unload dialog, the stop button. */
function pageStayed({ environment }: ClientContext): Promise<never> {
  return new Promise((_, reject) => {
    const cancel = () => {
      unlisten()
      stopTimer()
      reject(new SpatioAuthError('navigation_cancelled', { phase: 'authorization_request', retryable: true }))
    }
    const unlisten = environment.listen('pageshow', cancel)
    const stopTimer = environment.setTimer(cancel, NAVIGATION_TIMEOUT)
  })
}

function invalid(detail: string): SpatioAuthError {
  return new SpatioAuthError('config_invalid', { phase: 'authorization_request', detail })
}
