import type { OpenedWindow } from './environment.js'
import { createAuthorizationRequest, type AuthorizationRequest } from './protocol/authorization-request.js'
import { processAuthorizationResponse, type SignInResult } from './protocol/authorization-response.js'
import { requestIntrospection } from './protocol/introspection-request.js'
import { createJwksSource } from './protocol/jwks.js'
import { createMetadataSource } from './protocol/metadata.js'
import { authorizeInPopup } from './protocol/popup-authorization.js'
import type { ProtocolContext } from './protocol/protocol-context.js'
import { requestUserInfo, type TokenOwner } from './protocol/user-info.js'
import { authorizeInFrame } from './protocol/silent-authorization.js'
import { createHandOver } from './renewal/hand-over.js'
import { createRenewer, type Renewal } from './renewal/renew-session.js'
import type { Introspection } from './introspection.js'
import type { User } from './session/auth-state.js'
import type { SessionStore } from './session/session-store.js'
import type { Session } from './session/session.js'

/** The engine chunk: everything that speaks OAuth and OIDC, loaded when first needed. */
export interface Engine {
  /** @returns the URL to send the user to; the transaction is stored in this tab */
  readonly createAuthorizationRequest: (request: AuthorizationRequest) => Promise<string>
  /** @param query the callback's query string */
  readonly processAuthorizationResponse: (query: string) => Promise<SignInResult>
  /** @param getToken gives a live token; told the one that was refused, another one */
  readonly requestUserInfo: (getToken: (refused: string | null) => Promise<TokenOwner>) => Promise<User>
  readonly requestIntrospection: (token: string) => Promise<Introspection>
  /** Sends an open popup to the authority and finishes what it brings back. @throws SpatioAuthError */
  readonly authorizeInPopup: (
    request: AuthorizationRequest,
    popup: OpenedWindow,
    signal: AbortSignal,
  ) => Promise<SignInResult>
  /** The same in a hidden frame, without a user. @throws SpatioAuthError */
  readonly authorizeInFrame: (request: AuthorizationRequest, signal: AbortSignal) => Promise<SignInResult>
  readonly renew: (session: Session) => Promise<Renewal>
}

export function createEngine(context: ProtocolContext & { readonly store: SessionStore }): Engine {
  const sources = { metadata: createMetadataSource(context), jwks: createJwksSource(context) }
  return {
    createAuthorizationRequest: (request) => createAuthorizationRequest(context, sources.metadata, request),
    processAuthorizationResponse: (query) => processAuthorizationResponse(context, sources, query),
    requestUserInfo: (getToken) => requestUserInfo(context, sources.metadata, getToken),
    requestIntrospection: (token) => requestIntrospection(context, sources.metadata, token),
    authorizeInPopup: (request, popup, signal) => authorizeInPopup(context, sources, request, popup, signal),
    authorizeInFrame: (request, signal) => authorizeInFrame(context, sources, request, signal),
    renew: createRenewer({ ...context, sources, handOver: createHandOver(context) }),
  }
}
