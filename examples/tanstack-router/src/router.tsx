import type { SpatioAuth } from '@spatio-labs/auth-react'
import { createRootRouteWithContext, createRoute, createRouter } from '@tanstack/react-router'
import { auth } from './auth'
import { Account, Callback, Home, Refused, Shell } from './pages'

// The client, not what a hook returns: what `beforeLoad` is given must not depend on a render.
const root = createRootRouteWithContext<{ auth: SpatioAuth }>()({ component: Shell })

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home })

const callback = createRoute({ getParentRoute: () => root, path: '/callback', component: Callback })

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  // While a link is hovered, `preload` is true, and requireUser refuses quietly instead of leaving the page.
  beforeLoad: async ({ context, location, preload }) => ({
    user: await context.auth.requireUser({ returnTo: location.href, preload }),
  }),
  loader: ({ context }) => ({ greeting: `Hello, ${context.user.email}:` }),
  errorComponent: Refused,
  component: Account,
})

export const router = createRouter({
  routeTree: root.addChildren([home, callback, account]),
  context: { auth },
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
