import { SpatioAuthError } from '../errors.js'
import { storageKey } from '../storage-names.js'
import type { ClientContext } from './client-context.js'

/** Sign-ins that may start within the window (ms) before something is clearly going round in circles. */
const MOST_NAVIGATIONS = 3
const NAVIGATION_WINDOW = 60_000

/** After a sign-out the authority still knows the user, and there is no end_session: ask for the login again. */
export function requireReauthentication(context: ClientContext): void {
  forgoSilentSignIn(context)
  if (!context.options.reauthenticateAfterSignOut) return
  withStorage(context, 'local', (area) => area.setItem(`${storageKey(context.options)}#reauthenticate`, '1'))
}

export function mustReauthenticate(context: ClientContext): boolean {
  return (
    withStorage(context, 'local', (area) => area.getItem(`${storageKey(context.options)}#reauthenticate`)) ===
    '1'
  )
}

/** A sign-in succeeded: neither its count nor an earlier sign-out matters any more. */
export function forgetReauthentication(context: ClientContext): void {
  withStorage(context, 'session', (area) => area.removeItem(silentKey(context)))
  withStorage(context, 'local', (area) => area.removeItem(`${storageKey(context.options)}#reauthenticate`))
}

/** One silent redirect per tab, and none after a sign-out, until somebody has signed in. */
export function maySignInSilently(context: ClientContext): boolean {
  // Without storage there is no telling whether it was tried, and no transaction either.
  return withStorage(context, 'session', (area) => area.getItem(silentKey(context)) === null) ?? false
}

export function forgoSilentSignIn(context: ClientContext): void {
  if (context.options.silentOnLoad === 'off') return
  withStorage(context, 'session', (area) => area.setItem(silentKey(context), '1'))
}

/** The user signed out on purpose: what follows is no loop. */
export function forgetNavigations(context: ClientContext): void {
  withStorage(context, 'session', (area) => area.removeItem(navigationKey(context)))
}

/** @throws SpatioAuthError `login_loop_detected`: the app asks for a sign-in again and again */
export function refuseLoop(context: ClientContext): void {
  if (recentNavigations(context).length < MOST_NAVIGATIONS) return
  throw new SpatioAuthError('login_loop_detected', { phase: 'authorization_request' })
}

export function countNavigation(context: ClientContext): void {
  const times = [...recentNavigations(context), context.environment.now()]
  withStorage(context, 'session', (area) => area.setItem(navigationKey(context), times.join(' ')))
}

function recentNavigations(context: ClientContext): number[] {
  const text = withStorage(context, 'session', (area) => area.getItem(navigationKey(context)))
  const now = context.environment.now()
  return (text ?? '')
    .split(' ')
    .map(Number)
    .filter((at) => at > now - NAVIGATION_WINDOW && at <= now)
}

function silentKey({ options }: ClientContext): string {
  return `${storageKey(options)}#silent`
}

function navigationKey({ options }: ClientContext): string {
  return `${storageKey(options)}#navigations`
}

/** These marks are a help, not a duty: a blocked storage is as good as an empty one. */
function withStorage<Result>(
  { environment }: ClientContext,
  area: 'session' | 'local',
  use: (area: Storage) => Result,
): Result | null {
  try {
    return use(environment.openStorage(area))
  } catch {
    return null
  }
}
