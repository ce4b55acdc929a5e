import type { Environment } from '../environment.js'
import { SpatioAuthError } from '../errors.js'
import type { RefreshTrigger } from '../events.js'
import type { Renewal } from '../renewal/renew-session.js'
import type { UnauthenticatedReason } from '../session/auth-state.js'
import type { Session } from '../session/session.js'
import { createBackOff } from './back-off.js'
import type { ClientContext } from './client-context.js'
import { withDeadline } from '../session/deadline.js'
import { revokeTokens } from './revoke-tokens.js'
import { createPatience } from './patience.js'

export interface Refresher {
  /**
   * Renews the session; concurrent calls share one attempt.
   * @throws SpatioAuthError `refresh_transient`, `refresh_rejected`, `refresh_token_missing`, `not_authenticated`,
   * `engine_load_failed` or the code that ended the session
   */
  readonly refresh: (trigger: RefreshTrigger) => Promise<Session>
  /** When the next attempt may be made, ms by the monotonic clock; null when nothing holds it back. */
  readonly pausedUntil: () => number | null
  /** The authority refused this client: a further attempt is of no use before a new sign-in. */
  readonly isRejected: () => boolean
  /** A sign of life: no reason to wait any longer, unless the pause is firm. */
  readonly resume: () => void
}

/** How the last attempt to replace `accessToken` ended, and when (ms, monotonic). */
interface LastRenewal {
  readonly accessToken: string
  readonly renewal: Renewal
  readonly at: number
}

export function createRefresher(context: ClientContext, onSettled: () => void): Refresher {
  const { environment, options, store } = context
  let inFlight: { readonly id: string; readonly result: Promise<Session> } | null = null
  let lastRenewal: LastRenewal | null = null
  const paused = createPauses(environment)
  // A failure says nothing of the token that a sibling tab has fetched since.
  const lastOfThisToken = (): LastRenewal | null =>
    lastRenewal?.accessToken === store.current()?.accessToken ? lastRenewal : null
  const pausedUntil = (): number | null => {
    const last = lastOfThisToken()
    return last?.renewal.kind === 'postponed' ? last.at + last.renewal.delayMs : null
  }

  const attempt = async (session: Session, trigger: RefreshTrigger): Promise<Session> => {
    context.emit('refresh_started', { trigger })
    context.view.showActivity({ isRefreshing: true })
    try {
      const renewal = paused(await renew(context, session))
      if (context.isDisposed()) throw new SpatioAuthError('client_disposed', { phase: 'refresh' })
      lastRenewal = { accessToken: session.accessToken, renewal, at: environment.monotonic() }
      return settle(context, session, renewal)
    } finally {
      // Another session may have taken its place, with an attempt of its own under way.
      if (inFlight?.id === session.id) inFlight = null
      context.view.showActivity({ isRefreshing: false })
      onSettled()
    }
  }

  return {
    refresh: async (trigger) => {
      const session = store.current()
      if (session === null) throw new SpatioAuthError('not_authenticated', { phase: 'refresh' })
      if (environment.monotonic() < (pausedUntil() ?? 0)) refuseWhileFirm(lastOfThisToken())
      if (inFlight?.id !== session.id) inFlight = { id: session.id, result: attempt(session, trigger) }
      // Callers may time out; the request may not: its answer carries the only live refresh token.
      return withDeadline(environment, options.requestTimeout, inFlight.result, throwLate)
    },
    pausedUntil,
    isRejected: () => lastOfThisToken()?.renewal.kind === 'rejected',
    resume: () => {
      if (lastRenewal?.renewal.kind === 'postponed' && !lastRenewal.renewal.isFirm) lastRenewal = null
    },
  }
}

/** Says how long to wait after a failure, and when waiting has been tried for long enough. */
function createPauses(environment: Environment): (renewal: Renewal) => Renewal {
  const paused = createBackOff(environment)
  const bounded = createPatience(environment)
  return (renewal) => bounded(paused(renewal))
}

/** However often an app asks: each attempt would spend a refresh token, or a server's patience. */
function refuseWhileFirm(last: LastRenewal | null): void {
  if (last?.renewal.kind === 'postponed' && last.renewal.isFirm) throw last.renewal.error
}

function throwLate(): never {
  throw new SpatioAuthError('refresh_transient', { phase: 'refresh', retryable: true, detail: 'timeout' })
}

/** Without the engine there is no refresh, and no lost session either. */
async function renew(context: ClientContext, session: Session): Promise<Renewal> {
  try {
    const engine = await context.loadEngine()
    return await engine.renew(session)
  } catch (error) {
    if (!(error instanceof SpatioAuthError)) throw error
    return { kind: 'postponed', error, delayMs: 5000, isFirm: false }
  }
}

function settle(context: ClientContext, asked: Session, renewal: Renewal): Session {
  const { store, view, emit } = context
  if (renewal.kind === 'renewed') {
    const session = store.current()
    void revokeTokens(context, asked.revocationEndpoint, renewal.discarded)
    if (session === null) throw new SpatioAuthError('not_authenticated', { phase: 'refresh' })
    view.showSession(session, null)
    emit('refreshed', { expiresAt: view.activity.get().expiresAt, adopted: renewal.isAdopted })
    return session
  }
  const error =
    renewal.kind === 'ended' ? new SpatioAuthError(renewal.code, { phase: 'refresh' }) : renewal.error
  emit('refresh_failed', { code: error.code, retryable: error.retryable })
  const isCurrent = store.current()?.id === asked.id
  if (renewal.kind === 'ended') {
    void revokeTokens(context, asked.revocationEndpoint, renewal.discarded)
    if (isCurrent) loseSession(context, renewal.reach, renewal.reason, error)
    throw error
  }
  const isExpired = store.remaining() === 0
  if (isCurrent && isExpired && renewal.kind === 'rejected') loseSession(context, 'session', 'expired', error)
  if (isCurrent && isExpired && renewal.kind === 'postponed') view.showSession(asked, error)
  throw error
}

/** The authority ended the session, or the time did: not the user, whose other sessions live on. */
export function loseSession(
  context: ClientContext,
  reach: 'session' | 'tab',
  reason: UnauthenticatedReason,
  { code }: SpatioAuthError,
): void {
  context.nextGeneration()
  void context.store.end(reach)
  context.view.showSignedOut(reason)
  context.emit('signed_out', { reason, code })
}
