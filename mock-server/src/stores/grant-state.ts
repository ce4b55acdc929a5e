import type { AccessToken, Grant, RefreshToken } from './grant.js'

/** The records of a grant store: by id, and by token. */
export interface GrantRecords {
  grants: Map<string, Grant>
  accessTokens: Map<string, AccessToken>
  refreshTokens: Map<string, RefreshToken>
}

/** Grants and their tokens as plain JSON. A token names its grant by id. */
export interface GrantState {
  grants: readonly Grant[]
  accessTokens: readonly (Omit<AccessToken, 'grant'> & { grantId: string })[]
  refreshTokens: readonly (Omit<RefreshToken, 'grant'> & { grantId: string })[]
}

/** The records of a state. A token whose grant is not there was revoked: it is left out. */
export function toGrantRecords(state: GrantState): GrantRecords {
  const grants = new Map(state.grants.map((grant) => [grant.id, grant]))
  const accessTokens = new Map<string, AccessToken>()
  for (const { grantId, ...token } of state.accessTokens) {
    const grant = grants.get(grantId)
    if (grant) accessTokens.set(token.token, { ...token, grant })
  }
  const refreshTokens = new Map<string, RefreshToken>()
  for (const { grantId, ...token } of state.refreshTokens) {
    const grant = grants.get(grantId)
    if (grant) refreshTokens.set(token.token, { ...token, grant })
  }
  return { grants, accessTokens, refreshTokens }
}

/** The state of the records: tokens of revoked grants are left out. */
export function toGrantState({ grants, accessTokens, refreshTokens }: GrantRecords): GrantState {
  const isLive = ({ grant }: { grant: Grant }): boolean => grants.has(grant.id)
  return {
    grants: [...grants.values()],
    accessTokens: [...accessTokens.values()]
      .filter(isLive)
      .map(({ grant, ...token }) => ({ ...token, grantId: grant.id })),
    refreshTokens: [...refreshTokens.values()]
      .filter(isLive)
      .map(({ grant, ...token }) => ({ ...token, grantId: grant.id })),
  }
}
