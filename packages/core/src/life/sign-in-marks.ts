import { tryStorage } from '../session/sign-out-mark.js'
import { storageKey, itemKey } from '../storage-names.js'
import type { ClientContext } from './client-context.js'
import { toRefusedRequest } from './refused-request.js'

/** Sign-ins that may start within the window (ms) before something is clearly going round in circles. */
const MOST_NAVIGATIONS = 3
const NAVIGATION_WINDOW = 60_000

/** After a sign-out the authority still knows the user, and there is no end_session: ask for the login again. */
export function mustReauthenticate({ options, store }: ClientContext): boolean {
  return options.reauthenticateAfterSignOut && store.wasSignedOut()
}

/** One silent redirect per tab, and none where its user has signed out, until somebody has signed in. */
export function maySignInSilently(context: ClientContext): boolean {
  if (context.options.silentOnLoad === 'off') return false
  // Without storage there is no telling whether it was tried, and no transaction either.
  return (
    tryStorage(context, 'session', (area) => area.getItem(itemKey(context.options, 'silent')) === null) ??
    false
  )
}

export function forgoSilentSignIn(context: ClientContext): void {
  if (context.options.silentOnLoad === 'off') return
  tryStorage(context, 'session', (area) => area.setItem(itemKey(context.options, 'silent'), '1'))
}

/** Somebody has signed in: what the silent attempt of this tab came to matters no more. */
export function allowSilentSignIn(context: ClientContext): void {
  tryStorage(context, 'session', (area) => area.removeItem(itemKey(context.options, 'silent')))
}

/** @throws SpatioAuthError `login_loop_detected`: the app asks for a sign-in again and again */
export function refuseLoop(context: ClientContext): void {
  if (recentNavigations(context).length < MOST_NAVIGATIONS) return
  throw toRefusedRequest('login_loop_detected')
}

export function countNavigation(context: ClientContext): void {
  const times = [...recentNavigations(context), context.environment.now()]
  tryStorage(context, 'session', (area) => area.setItem(navigationKey(context), times.join(' ')))
}

/** When this tab left for the authority, to notice that it goes round in circles. */
function navigationKey({ options }: ClientContext): string {
  return `${storageKey(options)}#navigations`
}

function recentNavigations(context: ClientContext): number[] {
  const text = tryStorage(context, 'session', (area) => area.getItem(navigationKey(context)))
  const now = context.environment.now()
  return (text ?? '')
    .split(' ')
    .map(Number)
    .filter((at) => at > now - NAVIGATION_WINDOW && at <= now)
}
