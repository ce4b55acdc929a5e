import type { MockClock } from '../mock-clock.js'
import { isOwnedBy, type RecordOwner } from './record-owner.js'
import type { IdSource } from '../ids.js'

/** What an authorization code stands for; the code itself says nothing (OAuth 2.1 4.1.2). */
export interface AuthorizationCode {
  code: string
  clientId: string
  redirectUri: string
  codeChallenge: string
  scope: string
  nonce?: string
  sub: string
  /** Seconds since the epoch. */
  authTime: number
  /** Milliseconds since the epoch. */
  expiresAt: number
  /** Redemptions that failed a check. A few are let pass, so that a thief cannot spoil the login. */
  failedAttempts: number
  /** The grant made of it, once it is used up. */
  grantId?: string
}

/** The authorization codes of a mock. */
export interface AuthorizationCodeStore {
  issue(code: Omit<AuthorizationCode, 'code' | 'expiresAt' | 'failedAttempts' | 'grantId'>): string
  /** The record of a code, used or not. Whoever redeems it sets `grantId` without an await in between. */
  get(code: string): AuthorizationCode | undefined
  /** The records as plain JSON, for a later start. */
  toState(): AuthorizationCode[]
  /** Makes the unused codes of a user or a client unknown. */
  forgetAllOf(owner: RecordOwner): void
  sweep(now: number): void
}

// A used code is remembered for a while, so that its replay can revoke what it gave (OAuth 2.1 4.1.3).
const remembered = 3_600_000

/** A store of authorization codes; `lifetime` in seconds, `initial` what an earlier store's `toState()` gave. */
export function createAuthorizationCodeStore(
  clock: MockClock,
  ids: IdSource,
  lifetime: number,
  initial: readonly AuthorizationCode[] = [],
): AuthorizationCodeStore {
  const byCode = new Map(initial.map((record) => [record.code, { ...record }]))
  return {
    issue: (content) => {
      const code = ids('cod_')
      const expiresAt = clock.now() + lifetime * 1000
      byCode.set(code, { ...content, code, expiresAt, failedAttempts: 0 })
      return code
    },
    get: (code) => byCode.get(code),
    forgetAllOf: (owner) => {
      for (const record of byCode.values()) if (isOwnedBy(record, owner)) byCode.delete(record.code)
    },
    toState: () => [...byCode.values()].map((record) => ({ ...record })),
    sweep: (now) => {
      for (const [code, record] of byCode) if (record.expiresAt + remembered <= now) byCode.delete(code)
    },
  }
}
