import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { TokenPolicy } from '../pipeline/pipeline.js'
import { createJsonDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import { createIdToken } from '../protocol/id-token.js'
import { hasScope } from '../protocol/scope.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { Grant } from '../stores/grant.js'

/** What a token response is made of. */
export interface TokenIssue {
  grant: Grant
  policy: TokenPolicy
  refreshToken: string | undefined
  nonce: string | undefined
}

/**
 * What the stores will do for this request. Spatio does not say when there is a refresh token: here there is
 * one when the client is registered for that grant.
 */
export function createTokenPolicy(
  exchange: Exchange,
  authority: Authority,
  client: RegisteredClient,
  scope: string,
): Promise<TokenPolicy> {
  const policy: TokenPolicy = {
    scope,
    isRefreshable: client.grant_types.includes('refresh_token'),
    isRotating: true,
    hasIdToken: hasScope(scope, 'openid'),
  }
  return authority.pipeline.run('state', policy, exchange)
}

/** Spatio's `TokenResponse`. `scope` is always told (OAuth 2.1 3.2.3). */
export async function createTokenDraft(
  exchange: Exchange,
  authority: Authority,
  { grant, policy, refreshToken, nonce }: TokenIssue,
): Promise<ResponseDraft> {
  const accessToken = authority.grants.issueAccessToken(grant, policy.scope)
  const idToken = policy.hasIdToken ? await createIdToken(exchange, authority, accessToken, nonce) : undefined
  return createJsonDraft({
    access_token: accessToken.token,
    token_type: 'Bearer',
    expires_in: authority.options.accessTokenLifetime,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    scope: policy.scope,
    ...(idToken === undefined ? {} : { id_token: idToken }),
  })
}
