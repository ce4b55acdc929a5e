import { browserEnvironment } from '../environment.js'
import { setDocsUrl } from '../errors.js'
import type { SpatioAuthOptions } from '../options.js'
import { resolveOptions } from '../resolve-options.js'
import { createClient } from './client.js'
import { CHUNKS } from './load-chunks.js'
import type { SpatioAuth } from './spatio-auth.js'

/**
 * Makes a client. Nothing happens yet: no request, no storage, no global is touched until `ready()` or another
 * method is called, so this is safe at module scope and on a server.
 * @throws SpatioAuthError `config_invalid`, `insecure_endpoint`, in development: in production whatever would speak to
 * the authority is refused with them
 */
export function createSpatioAuth(options: SpatioAuthOptions): SpatioAuth {
  const resolved = resolveOptions(options)
  setDocsUrl(resolved.docsUrl)
  return createClient(resolved, browserEnvironment, CHUNKS)
}
