import type { SigningKey } from '../keys/signing-key.js'
import type { Answer } from './answer.js'
import type { Exchange } from './exchange.js'
import type { ResponseDraft } from './response-draft.js'

/** What the authorization endpoint sends back to the redirect URI. */
export interface AuthorizationResponse {
  redirectUri: string
  parameters: [string, string][]
  mode: 'query' | 'fragment'
  /** What the browser gets instead of the redirect, which would lead to `location`; normally nothing. */
  detour?: (location: string) => ResponseDraft
}

/** What the authority's stores are about to do for a token request. */
export interface TokenPolicy {
  /** The scope of the new access token. */
  scope: string
  /** Whether a refresh token comes with it. */
  isRefreshable: boolean
  /** Whether a used refresh token is replaced by a new one. */
  isRotating: boolean
  /** Whether an id_token comes with it. */
  hasIdToken: boolean
}

/** The claims of an id_token, before they are text. */
export type IdTokenClaims = Record<string, unknown>

/** An id_token before it is signed. */
export interface UnsignedIdToken {
  header: Record<string, unknown>
  /** The claims as JSON text. */
  payload: string
  key: SigningKey
}

/** An id_token with its parts still at hand. */
export interface SignedIdToken extends UnsignedIdToken {
  compact: string
}

/** What each stage carries, in the order a request meets them. */
export interface StageValues {
  /** An answer given before the endpoint runs, so that no state has changed; normally none. */
  request: { answer: ResponseDraft | undefined }
  decision: AuthorizationResponse
  state: TokenPolicy
  claims: IdTokenClaims
  header: UnsignedIdToken
  signature: SignedIdToken
  body: ResponseDraft
  transport: Answer
}

/** What the consent page offers to go wrong. */
export interface FaultPicker {
  readonly names: readonly string[]
  /** Switches a fault on, once, for a client; false when there is none of that name. */
  choose(name: string, clientId: string): boolean
}

/** The stages a request goes through. */
export type Stage = keyof StageValues

/**
 * The way every request takes through the authority. Each stage is a place where a fault can change exactly
 * one thing; without faults a stage hands on what it was given.
 */
export interface Pipeline {
  run<S extends Stage>(stage: S, value: StageValues[S], exchange: Exchange): Promise<StageValues[S]>
  /** Is told that an exchange has left the last stage, or was broken off. */
  end(): void
}
