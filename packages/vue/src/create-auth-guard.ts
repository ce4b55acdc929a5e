import type { Authenticated, SpatioAuth, SpatioAuthError } from '@spatio-labs/auth'
// An app without vue-router compiles our declarations too, so they must be right with it and without.
// eslint-disable-next-line @typescript-eslint/ban-ts-comment
/** @ts-ignore The peer is optional: without it the guard has no types. */
import type {
  NavigationGuardReturn,
  NavigationGuardWithThis,
  RouteLocationNormalized,
  RouteLocationRaw,
} from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may see the route: true for everybody signed in, or what they must fulfil beside it. */
    requiresAuth?: boolean | ((state: Authenticated) => boolean)
  }
}

/** Which routes need a user, and where those go who may not pass. */
export interface AuthGuardOptions {
  /** @default the route's `meta.requiresAuth` */
  readonly requires?: (to: RouteLocationNormalized) => boolean | ((state: Authenticated) => boolean)
  /**
   * Where to go instead, for who signed out on purpose (`not_authenticated`), may not see the route
   * (`interaction_required`) or whose sign-in failed. @default the error is thrown: `router.onError` gets it
   */
  readonly refused?: (error: SpatioAuthError, to: RouteLocationNormalized) => RouteLocationRaw | false
}

type GuardedClient = Pick<SpatioAuth, 'ready' | 'requireUser'>

/**
 * A guard for `router.beforeEach`. It holds the client, so it works whatever is installed first and after an `await`.
 * While the visitor is sent to Spatio it stays pending: `false` would reset the URL of a page that is being left.
 * @param auth the client, or what `createSpatioAuthPlugin` returned
 */
export function createAuthGuard(
  { ready, requireUser }: GuardedClient,
  { requires = ({ meta }) => meta.requiresAuth ?? false, refused }: AuthGuardOptions = {},
): NavigationGuardWithThis<undefined> {
  return async (to, from): Promise<NavigationGuardReturn> => {
    if (from.matched.length === 0 && 'state' in to.query) {
      await ready()
      if (!/[?&]state=/.test(location.search)) return { path: toPageUrl(to), replace: true }
    }
    const required = requires(to)
    if (required === false) return undefined
    const when = typeof required === 'function' ? { when: required } : {}
    try {
      await requireUser({ returnTo: toReturnTo(to), ...when })
      return undefined
    } catch (error) {
      if (refused === undefined) throw error
      return refused(error as SpatioAuthError, to)
    }
  }
}

/**
 * The page's own address below the router's base. vue-router reads it when its history is made, before the client took
 * its callback out of it, and would put it back.
 */
function toPageUrl(to: RouteLocationNormalized): string {
  const base = hrefOf(to).length - to.fullPath.length
  return location.href.slice(location.origin.length + base)
}

/** With the router's base, or its `#`: what the address bar will show. */
function toReturnTo(to: RouteLocationNormalized): string {
  return typeof location === 'undefined' ? to.fullPath : new URL(hrefOf(to), location.href).href
}

/** A guard is given what `router.resolve()` gives, of which its type hides the `href`. */
function hrefOf(to: RouteLocationNormalized): string {
  return (to as { readonly href?: string }).href ?? to.fullPath
}
