import type { SpatioAuthErrorCode } from '../error-code.js'
import { SpatioAuthError } from '../errors.js'
import type { ProtocolSources } from '../protocol/authorization-response.js'
import type { IdTokenClaims } from '../protocol/id-token-claims.js'
import type { ProtocolContext } from '../protocol/protocol-context.js'
import { requestRefresh, validateRefreshedIdToken } from '../protocol/refresh-grant.js'
import type { TokenResponse, TokenResult } from '../protocol/token-response.js'
import type { UnauthenticatedReason } from '../session/auth-state.js'
import type { HandOver } from '../session/hand-over.js'
import { remainingLifetime } from '../session/session-lifetime.js'
import type { SessionStore } from '../session/session-store.js'
import type { Session } from '../session/session.js'
import { withRefreshLock } from './refresh-lock.js'
import { parseRetryAfter } from './retry-after.js'

export interface RenewalContext extends ProtocolContext {
  readonly store: SessionStore
  readonly sources: ProtocolSources
  readonly handOver: HandOver
}

/** How an attempt to renew a session ended. */
export type Renewal =
  /** `discarded`: the late answer of a session that another sign-in replaced; to be revoked. */
  | { readonly kind: 'renewed'; readonly isAdopted: boolean; readonly discarded: readonly string[] }
  | Ended
  /** The client's registration forbids it: no use in trying again, the token lives until it expires. */
  | { readonly kind: 'rejected'; readonly error: SpatioAuthError }
  | Postponed

/** The session is over; `discarded` tokens of a late or refused answer are to be revoked. */
interface Ended {
  readonly kind: 'ended'
  readonly reason: UnauthenticatedReason
  readonly code: SpatioAuthErrorCode
  readonly reach: 'session' | 'tab'
  readonly discarded: readonly string[]
}

/** Nothing is lost; worth another attempt in `delayMs`, or after a pause of one's own when that is 0. */
interface Postponed {
  readonly kind: 'postponed'
  readonly error: SpatioAuthError
  readonly delayMs: number
  /** Nobody may try earlier: the authority named the delay, or each attempt spends a refresh token. */
  readonly isFirm: boolean
  /** A key is not published yet: what it comes to when that goes on for minutes. */
  readonly ifItLasts?: Renewal
}

const ENDING_ERRORS = ['invalid_grant', 'access_denied']
const CONFIGURATION_ERRORS = ['invalid_client', 'unauthorized_client', 'unsupported_grant_type']

/** Renews sessions one at a time per session id in this browser. */
export function createRenewer(context: RenewalContext): (session: Session) => Promise<Renewal> {
  return async (session) => {
    const run = async (): Promise<Renewal> => {
      const renewal = await renewInsideLock(context, session)
      // Before the lock is released: who waits for it must not send the token of a session that is over.
      if (renewal.kind === 'ended' && renewal.reach === 'session')
        await context.store.announce(session.id, 'end')
      return renewal
    }
    const renewal = await withRefreshLock(context.options, context.environment, session.id, run)
    return renewal ?? postpone('timeout')
  }
}

async function renewInsideLock(context: RenewalContext, known: Session): Promise<Renewal> {
  const { store, environment } = context
  const read = await store.readNewest(known.id)
  const newest = read === 'stale' ? await takeOver(context, known) : read
  // Nobody answered a copied tab: its refresh token is spent, and sending it would end the original's session.
  if (newest === 'stale') return { ...ended('expired', 'session_expired'), reach: 'tab' }
  if (newest === null) return ended('signed-out-elsewhere', 'not_authenticated')
  if (newest.id !== known.id) return renewed(true)
  const isNews = newest.accessToken !== known.accessToken
  if (isNews && remainingLifetime(newest, { now: environment.now() }) !== 0) return renewed(true)
  return sendRefresh(context, newest)
}

/** A copied tab takes over what its original has become. */
async function takeOver(
  { handOver, store }: RenewalContext,
  copy: Session,
): Promise<Session | 'stale' | null> {
  const handed = await handOver.request(copy)
  if (handed === null) return 'stale'
  return (await store.save(handed)) ? handed : null
}

async function sendRefresh(context: RenewalContext, session: Session): Promise<Renewal> {
  const { store, environment } = context
  if (session.refreshToken === null) {
    return { kind: 'rejected', error: new SpatioAuthError('refresh_token_missing', { phase: 'refresh' }) }
  }
  // Written before it is sent: should this tab die, the next one knows that an answer may be lost.
  const attempt = { ...session, attemptedAt: environment.now() }
  if (!(await store.save(attempt))) return replacedOrEnded(context, session)
  const result = await requestRefresh(context, session.tokenEndpoint, session.refreshToken)
  if (result.kind === 'tokens') return keepTokens(context, attempt, result.tokens)
  return processRefusal(context, session, result)
}

/** Rule 2: the new refresh token is stored at once; access token and claims wait for the checks. */
async function keepTokens(
  context: RenewalContext,
  session: Session,
  tokens: TokenResponse,
): Promise<Renewal> {
  const { store, environment, handOver } = context
  await handOver.remember(session)
  const discarded = [tokens.refreshToken, tokens.accessToken].filter((token) => token !== null)
  const refreshToken = tokens.refreshToken ?? session.refreshToken
  const rotated = { ...session, refreshToken, attemptedAt: null, revision: session.revision + 1 }
  const { accessToken, expiresIn, scope } = tokens
  const receipt = { accessToken, expiresIn, receivedAt: environment.now() }
  const fresh = { ...rotated, ...receipt, scope: scope ?? session.scope }
  if (tokens.idToken === null) {
    return (await store.save(fresh)) ? renewed(false) : replacedOrEnded(context, session, discarded)
  }
  if (!(await store.save(rotated))) return replacedOrEnded(context, session, discarded)
  const refreshed = { idToken: tokens.idToken, accessToken }
  let claims: IdTokenClaims
  try {
    claims = await validateRefreshedIdToken(context, context.sources, session, refreshed)
  } catch (error) {
    return processFailedCheck(error, discarded)
  }
  const validated = { ...fresh, ...claims, revision: rotated.revision + 1 }
  return (await store.save(validated)) ? renewed(false) : replacedOrEnded(context, session, discarded)
}

/** The session ended while its answer was under way, or another sign-in has taken its place in every tab. */
async function replacedOrEnded(
  { store }: RenewalContext,
  { id }: Session,
  discarded: readonly string[] = [],
): Promise<Renewal> {
  const newest = await store.readNewest(id)
  if (newest !== null && newest !== 'stale' && newest.id !== id) return renewed(true, discarded)
  return ended('signed-out-elsewhere', 'not_authenticated', discarded)
}

/**
 * A check that could not run keeps the session; a check that failed ends it. A key that is not published yet is a check
 * that could not run, for some minutes. The unused access token is left to expire: an authority may end the refresh
 * token with it (RFC 7009 2.1).
 */
function processFailedCheck(error: unknown, discarded: readonly string[]): Renewal {
  if (!(error instanceof SpatioAuthError)) throw error
  const isUnchecked = error.retryable || error.phase === 'discovery' || error.phase === 'jwks'
  const unchecked = { ...postpone(error.code), isFirm: true }
  if (isUnchecked) return unchecked
  const failed = ended(error.code === 'subject_changed' ? 'user-changed' : 'revoked', error.code, discarded)
  return error.code === 'jwks_key_not_found' ? { ...unchecked, ifItLasts: failed } : failed
}

/** Rule 4: what ends a session on refresh, what waits for the token's expiry, and what is tried again. */
async function processRefusal(
  context: RenewalContext,
  sent: Session,
  { error, retryAfter }: Extract<TokenResult, { kind: 'refused' }>,
): Promise<Renewal> {
  const { store, environment } = context
  const oauth = error.code === 'token_endpoint_error' ? (error.oauth?.error ?? '') : ''
  if (ENDING_ERRORS.includes(oauth)) {
    const newest = await store.readNewest(sent.id)
    if (newest !== null && newest !== 'stale') {
      // Another sign-in has taken its place in every tab, and is refreshed under a lock of its own.
      if (newest.id !== sent.id) return renewed(true)
      // A sibling was faster in a browser without locks: its token is good.
      if (newest.refreshToken !== sent.refreshToken) return sendRefresh(context, newest)
    }
    const isSuspected = oauth === 'invalid_grant' && sent.attemptedAt !== null
    return ended(
      oauth === 'access_denied' ? 'revoked' : 'expired',
      isSuspected ? 'refresh_reuse_suspected' : 'session_expired',
    )
  }
  const isAnswered =
    error.code !== 'timeout' && !(error.code === 'token_request_failed' && error.oauth === undefined)
  // An earlier attempt that nobody answered stays on record: it is what makes reuse likely.
  if (isAnswered) await store.save(sent)
  if (CONFIGURATION_ERRORS.includes(oauth)) {
    const facts = error.oauth && { oauth: error.oauth }
    return {
      kind: 'rejected',
      error: new SpatioAuthError('refresh_rejected', { phase: 'refresh', ...facts }),
    }
  }
  return postpone(error.code, parseRetryAfter(retryAfter, environment.now()))
}

function renewed(isAdopted: boolean, discarded: readonly string[] = []): Renewal {
  return { kind: 'renewed', isAdopted, discarded }
}

function postpone(detail: string, delayMs = 0): Postponed {
  const error = new SpatioAuthError('refresh_transient', { phase: 'refresh', retryable: true, detail })
  return { kind: 'postponed', error, delayMs, isFirm: delayMs > 0 }
}

function ended(
  reason: UnauthenticatedReason,
  code: SpatioAuthErrorCode,
  discarded: readonly string[] = [],
): Ended {
  return { kind: 'ended', reason, code, reach: 'session', discarded }
}
