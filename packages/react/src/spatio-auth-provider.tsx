'use client'

import { SpatioAuthError, type SpatioAuth } from '@spatio-labs/auth'
import { useContext, useEffect, type ReactNode } from 'react'
import { getSpatioAuthContext } from './spatio-auth-context.js'

/** The client that the hooks and gates below the provider read. */
export interface SpatioAuthProviderProps {
  /** Made by `createSpatioAuth` at module scope: a client built while rendering is lost when React retries. */
  readonly client: SpatioAuth
  readonly children?: ReactNode
}

/**
 * Gives the client to the components below and starts it. Unmounting leaves it running: the app owns it.
 * @throws SpatioAuthError `config_invalid` without a client, and below a provider with another one
 */
export function SpatioAuthProvider({ client, children }: SpatioAuthProviderProps): ReactNode {
  const Context = getSpatioAuthContext()
  const above = useContext(Context)
  if (typeof client?.ready !== 'function') throw invalid('client is missing')
  if (above !== null && above !== client) throw invalid('second client')
  useEffect(() => {
    // Idempotent and never rejects, so StrictMode's second effect starts nothing.
    void client.ready()
  }, [client])
  // `<Context value>` is React 19; the peer range starts at 18.
  return <Context.Provider value={client}>{children}</Context.Provider>
}

function invalid(detail: string): SpatioAuthError {
  return new SpatioAuthError('config_invalid', { phase: 'configuration', detail })
}
