import { SpatioAuthError, type SpatioAuth } from '@spatio-labs/auth'
import { getAllContexts, onMount, setContext } from 'svelte'
import { spatioAuth, type SpatioAuthSvelte } from './spatio-auth.js'

/** Registered globally, so that two copies of this package on one page still meet. */
export const SPATIO_AUTH_CONTEXT: symbol = Symbol.for('spatio.auth.svelte.v1')

/**
 * Gives the client to the components below and starts it, when the root is mounted; on a server nothing starts.
 * @param auth the client, or what `spatioAuth` made of it
 * @throws SpatioAuthError `config_invalid` without a client, and below another one; `outside_injection` outside the
 * initialisation of a component
 */
export function setSpatioAuth(auth: SpatioAuth | SpatioAuthSvelte): SpatioAuthSvelte {
  const given = auth && 'client' in auth ? auth : spatioAuth(auth)
  const above = contexts().get(SPATIO_AUTH_CONTEXT)
  if (above !== undefined && above.client !== given.client) {
    const detail = 'second client'
    throw new SpatioAuthError('config_invalid', { phase: 'configuration', detail })
  }
  onMount(() => void given.client.ready())
  return setContext(SPATIO_AUTH_CONTEXT, given)
}

/**
 * What `setSpatioAuth` was given above. Only while a component initialises; keep the object for later.
 * @throws SpatioAuthError `provider_missing` without `setSpatioAuth` above, `outside_injection` elsewhere
 */
export function useSpatioAuth(): SpatioAuthSvelte {
  const auth = contexts().get(SPATIO_AUTH_CONTEXT)
  if (auth === undefined) throw new SpatioAuthError('provider_missing', { phase: 'configuration' })
  return auth
}

function contexts(): ReadonlyMap<unknown, SpatioAuthSvelte> {
  try {
    return getAllContexts()
  } catch {
    throw new SpatioAuthError('outside_injection', { phase: 'configuration' })
  }
}
