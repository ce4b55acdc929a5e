'use client'

import type { SpatioAuth } from '@spatio-labs/auth'
import { useEffect, type ReactNode } from 'react'
import { SpatioAuthContext } from './spatio-auth-context.js'

export interface SpatioAuthProviderProps {
  /** Made by `createSpatioAuth` at module scope: a client built while rendering is lost when React retries. */
  readonly client: SpatioAuth
  readonly children?: ReactNode
}

/** Gives the client to the components below and starts it. Unmounting leaves it running: the app owns it. */
export function SpatioAuthProvider({ client, children }: SpatioAuthProviderProps): ReactNode {
  useEffect(() => {
    // Idempotent and never rejects, so StrictMode's second effect starts nothing.
    void client.ready()
  }, [client])
  // `<Context value>` is React 19; the peer range starts at 18.
  return <SpatioAuthContext.Provider value={client}>{children}</SpatioAuthContext.Provider>
}
