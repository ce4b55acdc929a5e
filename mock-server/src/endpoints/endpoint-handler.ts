import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { ResponseDraft } from '../pipeline/response-draft.js'

/** Answers a request that has reached its endpoint. Refusals are thrown as `OAuthError` or `ApiError`. */
export type EndpointHandler = (
  exchange: Exchange,
  authority: Authority,
) => ResponseDraft | Promise<ResponseDraft>
