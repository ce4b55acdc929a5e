import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import type { TokenPolicy } from '../pipeline/pipeline.js'
import type { ResponseDraft } from '../pipeline/response-draft.js'
import { requireParameter } from '../protocol/form-request.js'
import { OAuthError } from '../protocol/oauth-error.js'
import { isScopeWithin, parseScope } from '../protocol/scope.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { RefreshToken } from '../stores/grant.js'
import { createTokenDraft, createTokenPolicy } from './token-response.js'

/** `grant_type=refresh_token` (OAuth 2.1 4.3): rotates, and ends the family when a used token comes back. */
export async function processRefreshTokenGrant(
  exchange: Exchange,
  authority: Authority,
  client: RegisteredClient,
): Promise<ResponseDraft> {
  const refreshToken = authority.grants.getRefreshToken(requireParameter(exchange, 'refresh_token'))
  // Another client's token is refused and its family lives on, else anyone could end it.
  if (!refreshToken || refreshToken.grant.clientId !== client.client_id) throw createRefusal()
  const { grant } = refreshToken
  exchange.sub = grant.sub
  const policy = await createTokenPolicy(exchange, authority, client, grant.scope)
  const successor = takeRefreshToken(refreshToken, policy, exchange, authority)
  // A refreshed id_token has no nonce: it answers no authorization request (OIDC Core 12.2).
  return createTokenDraft(exchange, authority, { grant, policy, refreshToken: successor, nonce: undefined })
}

/**
 * Uses a refresh token up and yields its successor, or nothing where tokens are not rotated. Nothing in here
 * waits, so of two uses at once one wins.
 */
function takeRefreshToken(
  refreshToken: RefreshToken,
  policy: TokenPolicy,
  exchange: Exchange,
  authority: Authority,
): string | undefined {
  const { grants, clock } = authority
  if (!grants.getRefreshToken(refreshToken.token)) throw createRefusal()
  if (refreshToken.used) return repeatRefresh(refreshToken.used, refreshToken, authority)
  if (refreshToken.expiresAt <= clock.now()) throw createRefusal()
  narrowScope(policy, refreshToken.grant.scope, exchange)
  if (!policy.isRefreshable || !policy.isRotating) return undefined
  const successor = grants.issueRefreshToken(refreshToken.grant).token
  refreshToken.used = { at: clock.now(), successor }
  return successor
}

function repeatRefresh(
  used: NonNullable<RefreshToken['used']>,
  refreshToken: RefreshToken,
  { grants, clock, options }: Authority,
): string {
  const isInGrace = clock.now() - used.at < options.refreshGrace * 1000
  const successor = grants.getRefreshToken(used.successor)
  if (isInGrace && successor && !successor.used) return successor.token
  // Thief or owner: one of them has a token that was used before (OAuth 2.1 4.3.1).
  grants.revokeGrant(refreshToken.grant.id)
  throw createRefusal()
}

/** Spatio declares no scope here; RFC 6749 6 lets a client ask for less, never for more. */
function narrowScope(policy: TokenPolicy, granted: string, exchange: Exchange): void {
  const requested = exchange.form.get('scope')
  if (requested === undefined) return
  const tokens = parseScope(requested)
  if (!tokens || !isScopeWithin(tokens.join(' '), granted)) {
    throw new OAuthError('invalid_scope', 'The scope is wider than what was granted')
  }
  policy.scope = tokens.join(' ')
  policy.hasIdToken = policy.hasIdToken && tokens.includes('openid')
}

function createRefusal(): OAuthError {
  return new OAuthError('invalid_grant', 'The refresh token is not valid')
}
