import type { MockClock } from '../mock-clock.js'
import type { IdSource } from '../ids.js'
import type { AccessToken, Grant, RefreshToken } from './grant.js'
import { createFamilyLimit } from './family-limit.js'
import { isOwnedBy, type RecordOwner } from './record-owner.js'
import { toGrantRecords, toGrantState, type GrantRecords, type GrantState } from './grant-state.js'

/** Lifetimes in seconds. */
export interface GrantLifetimes {
  accessToken: number
  refreshToken: number
  refreshTokenIdle: number
}

/** The grants of a mock and their tokens. */
export interface GrantStore {
  start(grant: Omit<Grant, 'id' | 'expiresAt'>): Grant
  /** Every family that has not ended. */
  list(): Grant[]
  issueAccessToken(grant: Grant, scope: string): AccessToken
  issueRefreshToken(grant: Grant): RefreshToken
  /** A live access token; undefined for one that is unknown, expired or revoked. */
  getAccessToken(token: string): AccessToken | undefined
  /** A refresh token that has not been revoked or swept, used or not, expired or not. */
  getRefreshToken(token: string): RefreshToken | undefined
  revokeAccessToken(token: string): void
  /** Ends a family: every access and refresh token of the grant. */
  revokeGrant(grantId: string): void
  /** Ends every grant of a user, of a client, or of a user to a client. */
  revokeAllOf(owner: RecordOwner): void
  sweep(now: number): void
  /** How many records are held: what a test of memory looks at. */
  size(): number
  /** Grants and tokens as plain JSON, for a later start. */
  toState(): GrantState
}

/** A store of grants; `initial` is what an earlier store's `toState()` gave. */
export function createGrantStore(
  clock: MockClock,
  ids: IdSource,
  lifetimes: GrantLifetimes,
  initial: GrantState = { grants: [], accessTokens: [], refreshTokens: [] },
): GrantStore {
  const records = toGrantRecords(initial)
  const { grants, accessTokens, refreshTokens } = records
  return {
    ...createIssuer(records, clock, ids, lifetimes),
    getAccessToken: (token) => {
      const found = accessTokens.get(token)
      return found && grants.has(found.grant.id) && found.expiresAt > clock.now() ? found : undefined
    },
    getRefreshToken: (token) => {
      const found = refreshTokens.get(token)
      return found && grants.has(found.grant.id) ? found : undefined
    },
    list: () => [...grants.values()].filter(({ expiresAt }) => expiresAt > clock.now()),
    revokeAccessToken: (token) => void accessTokens.delete(token),
    revokeGrant: (grantId) => void grants.delete(grantId),
    revokeAllOf: (owner) => {
      for (const grant of grants.values()) if (isOwnedBy(grant, owner)) grants.delete(grant.id)
    },
    sweep: (now) => sweepRecords(now, records),
    size: () => grants.size + accessTokens.size + refreshTokens.size,
    toState: () => toGrantState(records),
  }
}

function createIssuer(
  { grants, accessTokens, refreshTokens }: GrantRecords,
  clock: MockClock,
  ids: IdSource,
  lifetimes: GrantLifetimes,
): Pick<GrantStore, 'start' | 'issueAccessToken' | 'issueRefreshToken'> {
  const addAccessToken = createFamilyLimit(accessTokens)
  const addRefreshToken = createFamilyLimit(refreshTokens)
  return {
    start: (content) => {
      const id = ids('grt_')
      const grant = { ...content, id, expiresAt: clock.now() + lifetimes.refreshToken * 1000 }
      grants.set(id, grant)
      return grant
    },
    issueAccessToken: (grant, scope) => {
      const expiresAt = clock.now() + lifetimes.accessToken * 1000
      const accessToken = { token: ids('tok_'), grant, scope, expiresAt }
      addAccessToken(accessToken)
      return accessToken
    },
    issueRefreshToken: (grant) => {
      const expiresAt = Math.min(clock.now() + lifetimes.refreshTokenIdle * 1000, grant.expiresAt)
      const refreshToken = { token: ids('rft_'), grant, expiresAt }
      addRefreshToken(refreshToken)
      return refreshToken
    },
  }
}

function sweepRecords(now: number, { grants, accessTokens, refreshTokens }: GrantRecords): void {
  for (const [id, grant] of grants) if (grant.expiresAt <= now) grants.delete(id)
  const isDead = (token: AccessToken | RefreshToken): boolean =>
    !grants.has(token.grant.id) || token.expiresAt <= now
  for (const [token, record] of accessTokens) if (isDead(record)) accessTokens.delete(token)
  for (const [token, record] of refreshTokens) if (isDead(record)) refreshTokens.delete(token)
}
