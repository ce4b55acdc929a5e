import type { User } from '@spatio-labs/auth-react'
import { createBrowserRouter, createContext, type MiddlewareFunction } from 'react-router'
import { Account, Callback, Home, Refused, Shell } from './pages'
import { auth } from './auth'

const userContext = createContext<User>()

/** Runs before every loader below it: they have a user, or the page has left for Spatio. */
const requireUser: MiddlewareFunction = async ({ request, context }) => {
  context.set(userContext, await auth.requireUser({ returnTo: request.url }))
}

export const router = createBrowserRouter([
  {
    element: <Shell />,
    hydrateFallbackElement: <p>…</p>,
    children: [
      {
        errorElement: <Refused />,
        children: [
          { index: true, element: <Home /> },
          { path: 'callback', element: <Callback /> },
          {
            path: 'account',
            middleware: [requireUser],
            loader: ({ context }) => ({ greeting: `Hello, ${context.get(userContext).email}:` }),
            element: <Account />,
          },
        ],
      },
    ],
  },
])
