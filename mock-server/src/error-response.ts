import { createMessagePage } from './pages/message-page.js'
import { createJsonDraft, createPageDraft, type ResponseDraft } from './pipeline/response-draft.js'
import { ApiError } from './protocol/api-error.js'
import { OAuthError } from './protocol/oauth-error.js'
import type { Route } from './routes.js'

/** Whether an endpoint meant to refuse. */
export function isRefusal(error: unknown): error is OAuthError | ApiError {
  return error instanceof OAuthError || error instanceof ApiError
}

/** Turns what an endpoint threw into an answer: an OAuth error, an API error, or a page. */
export function toErrorDraft(error: unknown, route: Route): ResponseDraft {
  if (error instanceof OAuthError) {
    const { status, headers } = error
    return createJsonDraft({ error: error.code, error_description: error.message }, { status, headers })
  }
  if (error instanceof ApiError) {
    const { status, headers } = error
    return createJsonDraft({ error: error.message, code: error.code }, { status, headers })
  }
  if (route.endpoint === 'unknown')
    return createJsonDraft({ error: 'Not found', code: 'not_found' }, { status: 404 })
  return toUnexpectedDraft(route)
}

/** A mistake of ours. What went wrong is for the developer; the answer holds no stack. */
function toUnexpectedDraft(route: Route): ResponseDraft {
  if (route.errors === 'page') {
    return createPageDraft(
      500,
      createMessagePage('Something went wrong', 'Go back to the app and start again.'),
    )
  }
  if (route.errors === 'api')
    return createJsonDraft({ error: 'Internal error', code: 'internal' }, { status: 500 })
  return createJsonDraft({ error: 'server_error' }, { status: 500 })
}
