import { parseAccept } from 'hono/utils/accept'
import { createHomePage } from '../pages/home-page.js'
import { createPageDraft } from '../pipeline/response-draft.js'
import { ApiError } from '../protocol/api-error.js'
import type { EndpointHandler } from './endpoint-handler.js'

/**
 * `GET /` and the issuer itself: a page for a person with a browser. Spatio has nothing there, so to whoever does
 * not ask for a page before all else there is nothing here either.
 */
export const processHomeRequest: EndpointHandler = ({ request }, authority) => {
  const [preferred] = parseAccept(request.headers.get('accept') ?? '')
  if (preferred?.type !== 'text/html') throw new ApiError(404, 'not_found', 'Not found')
  return createPageDraft(200, createHomePage(authority.issuer()))
}
