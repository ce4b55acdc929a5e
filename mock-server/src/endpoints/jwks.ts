import { createJsonDraft } from '../pipeline/response-draft.js'
import type { EndpointHandler } from './endpoint-handler.js'

/** `GET /.well-known/jwks.json`: the active key and the retired ones, cached for Spatio's five minutes. */
export const processJwksRequest: EndpointHandler = (_exchange, authority) =>
  createJsonDraft(
    { keys: authority.keys.published() },
    { headers: { 'Cache-Control': 'public, max-age=300' } },
  )
