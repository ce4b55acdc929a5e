import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'
import { createEmptyDraft, createJsonDraft } from '../pipeline/response-draft.js'
import { ApiError } from '../protocol/api-error.js'
import {
  parsePersonalAccessTokenChanges,
  parsePersonalAccessTokenRequest,
} from '../protocol/personal-access-token-request.js'
import { hasScope, isScopeWithin } from '../protocol/scope.js'
import type { PersonalAccessToken } from '../stores/personal-access-token-store.js'
import { authenticateBearer } from './api-bearer.js'
import type { EndpointHandler } from './endpoint-handler.js'

/** `GET /v1/tokens`: the caller's personal access tokens, without the tokens themselves. */
export const processTokenListRequest: EndpointHandler = (exchange, authority) => {
  const { sub } = authenticateBearer(exchange, authority)
  const tokens = authority.personalAccessTokens.listOf(sub).map(toResource)
  return createJsonDraft({ tokens, availableScopes: getAvailableScopes(authority) })
}

/** `GET /v1/tokens/scopes`: what a personal access token may be allowed. */
export const processTokenScopesRequest: EndpointHandler = (exchange, authority) => {
  authenticateBearer(exchange, authority)
  return createJsonDraft({ scopes: getAvailableScopes(authority) })
}

/** `POST /v1/tokens`: makes one. This answer is the only one that holds the token. */
export const processTokenCreation: EndpointHandler = (exchange, authority) => {
  const bearer = authenticateBearer(exchange, authority)
  const scopes = getAvailableScopes(authority)
  const request = parsePersonalAccessTokenRequest(exchange.body, {
    scopes,
    // Spatio states no default; ours: as much as the caller may give.
    defaultScopes: scopes.filter((scope) => hasScope(bearer.scope, scope)),
    now: exchange.startedAt,
  })
  // Spatio is silent; ours: no token makes one that may do more than itself.
  if (request.scope === '' || !isScopeWithin(request.scope, bearer.scope)) {
    throw new ApiError(403, 'forbidden', 'A token cannot make one with more scopes than its own')
  }
  const created = authority.personalAccessTokens.issue({ ...request, sub: bearer.sub })
  return createJsonDraft({ token: created.token, pat: toResource(created) }, { status: 201 })
}

/** `PATCH /v1/tokens/{id}`: another name or description; the scopes stay. */
export const processTokenUpdate: EndpointHandler = (exchange, authority) => {
  const token = requireOwnToken(exchange, authority)
  const changes = parsePersonalAccessTokenChanges(exchange.body)
  return createJsonDraft(toResource(authority.personalAccessTokens.add({ ...token, ...changes })))
}

/** `DELETE /v1/tokens/{id}`. */
export const processTokenDeletion: EndpointHandler = (exchange, authority) => {
  authority.personalAccessTokens.revoke(requireOwnToken(exchange, authority).token)
  return createEmptyDraft(204)
}

/** Another user's token is as absent as one that never was. */
function requireOwnToken(exchange: Exchange, authority: Authority): PersonalAccessToken {
  const { sub } = authenticateBearer(exchange, authority)
  const id = exchange.pathParameters['id']
  const found = authority.personalAccessTokens.listOf(sub).find((token) => token.id === id)
  if (!found) throw new ApiError(404, 'not_found', 'There is no such token')
  return found
}

/** Spatio lists no names. Ours: every scope but those of OpenID Connect, which need a sign-in behind them. */
function getAvailableScopes({ options }: Authority): string[] {
  return Object.keys(options.scopes).filter((scope) => !['openid', 'profile', 'email'].includes(scope))
}

/** Spatio's schema `PersonalAccessToken`. */
function toResource(token: PersonalAccessToken): Record<string, unknown> {
  return {
    id: token.id,
    name: token.name,
    description: token.description,
    scopes: token.scope.split(' '),
    workspaceId: token.workspace_id ?? null,
    createdAt: toDateTime(token.createdAt),
    lastUsedAt: toDateTime(token.lastUsedAt),
    expiresAt: toDateTime(token.expiresAt),
    tokenPrefix: token.token.slice(0, 8),
  }
}

function toDateTime(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString()
}
