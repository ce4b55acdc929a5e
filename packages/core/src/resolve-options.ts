import { checkOptions } from '#checks'
import type { FrontOptions, SpatioAuthOptions } from './options.js'

/**
 * Fills in the defaults that every page needs. In development what cannot work is refused here; in production by
 * whatever needs more than the front, before anything is sent.
 * @throws SpatioAuthError `config_invalid`, `insecure_endpoint`, in development
 */
export function resolveOptions(options: SpatioAuthOptions): FrontOptions {
  const {
    issuer = 'https://api.spatio.app',
    redirectPath = '/',
    silentOnLoad = 'off',
    storage = 'session',
    requestTimeout = 10,
    readyTimeout = 5,
  } = options
  const resolved = { ...options, issuer, redirectPath, silentOnLoad, storage, requestTimeout, readyTimeout }
  checkOptions(resolved)
  return resolved
}
