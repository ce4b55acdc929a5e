import { createAuthorizationRequest } from '../../src/protocol/authorization-request.js'
import { processAuthorizationResponse } from '../../src/protocol/authorization-response.js'
import { removeTransaction } from '../../src/protocol/transaction.js'
import type { AuthorizationContext } from '../../src/life/authorization-context.js'
import type { SignInPage } from './sign-in-page.js'

/** What a sign-in beside the page is given: the page of the protocol, with an engine that is there. */
export function toAuthorizationContext({ context, sources }: SignInPage): AuthorizationContext {
  return {
    ...context,
    loadEngine: async () => ({
      createAuthorizationRequest: (request) => createAuthorizationRequest(context, sources.metadata, request),
      processAuthorizationResponse: (query) => processAuthorizationResponse(context, sources, query),
      removeTransaction: (state) => removeTransaction(context, state),
    }),
  }
}
