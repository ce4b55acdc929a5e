import { encode } from 'jose/base64url'
import { SigninState } from 'oidc-client-ts'
import { SpatioAuthError } from '../errors.js'
import { STATE_PREFIX } from '../options.js'
import type { MetadataSource } from './metadata.js'
import type { ProtocolContext } from './protocol-context.js'
import { storeTransaction } from './transaction.js'

export interface AuthorizationRequest {
  readonly scope: string
  readonly prompt: string | null
  /** Seconds; 0 is a value (OIDC Core 3.1.2.1). */
  readonly maxAge: number | null
  readonly redirectUri: string
  readonly returnTo: string
  /** Undefined when the app gave none. */
  readonly appState: unknown
}

/**
 * Makes a transaction and the URL that starts it (RFC 6749 4.1.1, RFC 7636, OIDC Core 3.1.2.1).
 * oidc-client-ts keeps the record and derives the S256 challenge; the random values are ours, 32 bytes each.
 */
export async function createAuthorizationRequest(
  context: ProtocolContext,
  metadataSource: MetadataSource,
  { scope, prompt, maxAge, redirectUri, returnTo, appState }: AuthorizationRequest,
): Promise<string> {
  const { options, environment } = context
  // No plain challenge and no home-made SHA-256 where the browser gives none (RFC 9700 2.1.1).
  if (!environment.crypto.subtle)
    throw new SpatioAuthError('crypto_unavailable', { phase: 'authorization_request' })
  const metadata = await metadataSource.get()
  const state = await SigninState.create({
    id: STATE_PREFIX + randomText(context),
    nonce: randomText(context),
    code_verifier: randomText(context),
    created: Math.floor(environment.now() / 1000),
    authority: options.issuer,
    client_id: options.clientId,
    redirect_uri: redirectUri,
    scope,
    data: { returnTo, maxAge, appState, isSilent: prompt === 'none', tokenEndpoint: metadata.tokenEndpoint },
  })
  await storeTransaction(context, state)
  return toAuthorizationUrl(metadata.authorizationEndpoint, state, prompt, maxAge)
}

function toAuthorizationUrl(
  endpoint: string,
  state: SigninState,
  prompt: string | null,
  maxAge: number | null,
): string {
  // An endpoint may carry a query of its own, which stays (OAuth 2.1 3.1).
  const url = new URL(endpoint)
  const params = {
    response_type: 'code',
    client_id: state.client_id,
    redirect_uri: state.redirect_uri,
    scope: state.scope,
    state: state.id,
    nonce: state.nonce,
    code_challenge: state.code_challenge,
    code_challenge_method: 'S256',
    prompt,
    max_age: maxAge,
  }
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value))
  }
  return url.href
}

/** 32 random bytes as base64url: 43 characters, as a code_verifier needs (RFC 7636 4.1). */
function randomText({ environment }: ProtocolContext): string {
  return encode(environment.crypto.getRandomValues(new Uint8Array(32)))
}
