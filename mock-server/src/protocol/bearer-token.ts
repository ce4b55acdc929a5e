import type { Authority } from '../authority.js'
import type { Exchange } from '../pipeline/exchange.js'

/** Whom a bearer token speaks for. */
export interface Bearer {
  kind: 'oauth' | 'pat'
  sub: string
  /** Space-separated. */
  scope: string
  clientId: string | undefined
  workspaceId: string | undefined
  /** Milliseconds since the epoch; undefined for a token without an end. */
  expiresAt: number | undefined
}

/** The token of an `Authorization: Bearer` header; the scheme's case does not matter (OAuth 2.1 5.1.1). */
export function getBearerToken(request: Request): string | undefined {
  return /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
}

/** What a live access token or personal access token stands for; undefined for any other. */
export function findBearer(token: string, authority: Authority): Bearer | undefined {
  const accessToken = authority.grants.getAccessToken(token)
  if (accessToken) {
    const { grant, scope, expiresAt } = accessToken
    const workspaceId = authority.users.get(grant.sub)?.workspace_id
    return { kind: 'oauth', sub: grant.sub, scope, clientId: grant.clientId, workspaceId, expiresAt }
  }
  const personal = authority.personalAccessTokens.get(token)
  if (!personal) return undefined
  const { sub, scope, workspace_id: workspaceId, expiresAt } = personal
  return { kind: 'pat', sub, scope, clientId: undefined, workspaceId, expiresAt }
}

/** Notes on the exchange whom the token speaks for, for the log and for matching. */
export function identifyBearer(exchange: Exchange, bearer: Bearer): void {
  exchange.clientId = bearer.clientId
  exchange.sub = bearer.sub
}
