import { SpatioAuthError } from '../errors.js'
import { toRedirectUri } from '../redirect-uri.js'
import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import { validateAppState } from './app-state.js'
import type { ClientContext } from './client-context.js'
import { toInvalidOption, toRefusedRequest } from './refused-request.js'
import { refuseReservedOptions } from './reserved-options.js'
import { toReturnTo } from './return-to.js'
import { countNavigation, forgoSilentSignIn, mustReauthenticate, refuseLoop } from './sign-in-marks.js'
import type { SignInOptions } from '../client/spatio-auth.js'

/** How long a page may stay after it was told to leave (ms). */
const NAVIGATION_TIMEOUT = 30_000

/** Sends the user to the authority; rejects when the page stayed after all. */
export async function signInByRedirect(context: ClientContext, options: SignInOptions): Promise<never> {
  const { environment, view } = context
  const request = toAuthorizationRequest(
    context,
    options,
    toRedirectUri(context.options, environment.location.origin),
  )
  view.showActivity({ pending: 'sign-in' })
  try {
    return await leaveForAuthority(context, request, options.signal)
  } finally {
    view.showActivity({ pending: null })
  }
}

/** @throws SpatioAuthError `login_loop_detected`, `aborted`, `client_disposed`; `navigation_cancelled` when the page stayed */
export async function leaveForAuthority(
  context: ClientContext,
  request: AuthorizationRequest,
  signal?: AbortSignal,
): Promise<never> {
  const { environment, emit } = context
  // The answer would arrive in the frame, where it is refused.
  if (environment.isFramed()) throw toRefusedRequest('framed')
  refuseLoop(context)
  const generation = context.generation()
  const engine = await context.loadEngine()
  const url = await engine.createAuthorizationRequest(request)
  if (context.isDisposed()) throw toRefusedRequest('client_disposed')
  const isSilent = request.prompt === 'none'
  // Somebody signed in or out meanwhile: then nobody waits for a silent answer.
  if (signal?.aborted || (isSilent && generation !== context.generation())) throw toRefusedRequest('aborted')
  countNavigation(context)
  if (isSilent) forgoSilentSignIn(context)
  emit('sign_in_started', { scope: request.scope })
  // A page that only asked in passing is no place to go back to.
  if (isSilent) environment.location.replace(url)
  else environment.location.assign(url)
  return pageStayed(context)
}

/** @throws SpatioAuthError `config_invalid`, `login_required` (silently, after a sign-out) */
export function toAuthorizationRequest(
  context: ClientContext,
  options: SignInOptions,
  redirectUri: string,
): AuthorizationRequest {
  const { scope = context.options.scope, prompt, maxAge, returnTo, appState } = options
  const { origin, href } = context.environment.location
  refuseReservedOptions(Object.keys(options))
  validateAppState(appState)
  if (!scope.split(' ').includes('openid')) throw toInvalidOption('scope must hold openid')
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= 0))
    throw toInvalidOption('maxAge is not a number of seconds')
  // One value: `none` beside another contradicts itself, and Spatio takes no list (OIDC Core 3.1.2.1).
  if (prompt !== undefined && !['login', 'consent', 'none'].includes(prompt))
    throw toInvalidOption('prompt is not login, consent or none')
  // Without a user nobody can confirm who they are, which the first sign-in after a sign-out asks for.
  if (prompt === 'none' && mustReauthenticate(context)) throw toRefusedRequest('login_required')
  const place = toReturnTo(returnTo ?? href, origin, toRedirectUri(context.options, origin))
  if (returnTo !== undefined && !isSamePlace(place, returnTo, origin))
    context.emit('warning', { code: 'return_to_rejected' })
  return {
    scope,
    prompt: prompt ?? (mustReauthenticate(context) ? 'login' : null),
    maxAge: maxAge ?? null,
    redirectUri,
    returnTo: place,
    appState,
  }
}

function isSamePlace(place: string, asked: string, origin: string): boolean {
  return URL.canParse(asked, origin) && new URL(asked, origin).href === place
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
