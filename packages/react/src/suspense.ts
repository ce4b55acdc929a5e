'use client'

import { SpatioAuthError, type SpatioAuth } from '@spatio-labs/auth'
import * as React from 'react'
import type { AuthWithActions } from './auth-with-actions.js'
import { useSpatioAuthClient } from './use-spatio-auth-client.js'
import { useSpatioAuth } from './use-spatio-auth.js'

/** State and actions once the client is ready: `loading` suspends and `error` is thrown. */
export type SettledAuth = Exclude<AuthWithActions, { readonly status: 'loading' | 'error' }>

// By a computed name: a named import that React 18 lacks fails every webpack build.
const use = (React as { readonly use?: typeof React.use })['use'.toString() as 'use']

const waits = new WeakMap<SpatioAuth, Promise<unknown>>()

/**
 * As `useSpatioAuth()`, but suspends until the client is ready, which it starts itself: the provider may be inside the
 * boundary. After the first settled status nothing suspends again. Made for React 19; on React 18 the promise is thrown.
 * @throws SpatioAuthError `environment_unsupported` on a server, so that the stream ends and the client renders this
 * part; the state's error for the nearest boundary; `provider_missing` outside `<SpatioAuthProvider>`
 */
export function useSpatioAuthSuspense(): SettledAuth {
  const client = useSpatioAuthClient()
  const auth = useSpatioAuth()
  if (auth.status === 'error') throw auth.error
  if (auth.status !== 'loading') return auth
  if (typeof window === 'undefined') throw onServer()
  const wait = waits.get(client) ?? client.ready()
  waits.set(client, wait)
  if (use === undefined) throw wait
  use(wait)
  // The client was ready and is loading all the same: it was disposed.
  throw new SpatioAuthError('client_disposed', { phase: 'configuration', retryable: true })
}

/** React hands the digest to the client's `onRecoverableError`, which can tell this from a fault. */
function onServer(): SpatioAuthError {
  const error = new SpatioAuthError('environment_unsupported', { phase: 'configuration' })
  return Object.assign(error, { digest: 'spatio-auth-loading' })
}
