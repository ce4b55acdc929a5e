import { createAuthorizationRequest, type AuthorizationRequest } from './protocol/authorization-request.js'
import { processAuthorizationResponse, type SignInResult } from './protocol/authorization-response.js'
import { requestIntrospection } from './protocol/introspection-request.js'
import { createJwksSource } from './protocol/jwks.js'
import { createMetadataSource } from './protocol/metadata.js'
import type { ProtocolContext } from './protocol/protocol-context.js'
import { removeTransaction } from './protocol/transaction.js'
import { requestUserInfo, type TokenOwner } from './protocol/user-info.js'
import { createRenewer, type Renewal } from './renewal/renew-session.js'
import type { Introspection } from './introspection.js'
import { validateUrls } from './secure-url.js'
import type { User } from './session/auth-state.js'
import type { HandOver } from './session/hand-over.js'
import type { SessionStore } from './session/session-store.js'
import type { Session } from './session/session.js'

/** The engine chunk: everything that speaks OAuth and OIDC, loaded when first needed. */
export interface Engine {
  /** @returns the URL to send the user to; the transaction is stored in this tab */
  readonly createAuthorizationRequest: (request: AuthorizationRequest) => Promise<string>
  /** @param query the callback's query string @param early the answer with the metadata, where it was asked for already */
  readonly processAuthorizationResponse: (query: string, early?: Promise<Response>) => Promise<SignInResult>
  /** @param getToken gives a live token; told the one that was refused, another one */
  readonly requestUserInfo: (getToken: (refused: string | null) => Promise<TokenOwner>) => Promise<User>
  readonly requestIntrospection: (token: string) => Promise<Introspection>
  /** Forgets a sign-in whose answer nobody waits for any more. */
  readonly removeTransaction: (state: string) => Promise<void>
  readonly renew: (session: Session) => Promise<Renewal>
}

/** What the engine is given: where the session is, and how copied tabs hand it over. */
export type EngineContext = ProtocolContext & { readonly store: SessionStore; readonly handOver: HandOver }

/** @throws SpatioAuthError `config_invalid`, `insecure_endpoint` */
export function createEngine(context: EngineContext): Engine {
  validateUrls(context.options)
  const sources = { metadata: createMetadataSource(context), jwks: createJwksSource(context) }
  return {
    createAuthorizationRequest: (request) => createAuthorizationRequest(context, sources.metadata, request),
    processAuthorizationResponse: (query, early) => {
      const metadata = { get: () => sources.metadata.get(early) }
      return processAuthorizationResponse(context, { ...sources, metadata }, query)
    },
    requestUserInfo: (getToken) => requestUserInfo(context, sources.metadata, getToken),
    requestIntrospection: (token) => requestIntrospection(context, sources.metadata, token),
    removeTransaction: (state) => removeTransaction(context, state),
    renew: createRenewer({ ...context, sources }),
  }
}
