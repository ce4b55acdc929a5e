import { checkOptions } from '#checks'
import type { FrontOptions, SpatioAuthOptions } from './options.js'

const DEFAULTS = {
  issuer: 'https://api.spatio.app',
  redirectPath: '/',
  silentOnLoad: 'off',
  storage: 'session',
  requestTimeout: 10,
  readyTimeout: 5,
} as const

/**
 * Fills in the defaults that every page needs. In development what cannot work is refused here; in production by
 * whatever needs more than the front, before anything is sent.
 * @throws SpatioAuthError `config_invalid`, `insecure_endpoint`, in development
 */
export function resolveOptions(options: SpatioAuthOptions): FrontOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const resolved = { ...DEFAULTS, ...(Object.fromEntries(given) as unknown as SpatioAuthOptions) }
  checkOptions(resolved)
  return resolved
}
