import { createEventHub, type EventHub } from '../client/event-hub.js'
import { createStateView, LOADING, type StateView } from '../client/state-view.js'
import type { SpatioAuthErrorCode } from '../error-code.js'
import { SpatioAuthError } from '../errors.js'
import type { RefreshTrigger } from '../events.js'
import type { UnauthenticatedReason } from '../session/auth-state.js'
import { refreshLead } from '../session/refresh-lead.js'
import { remainingLifetime } from '../session/session-lifetime.js'
import type { Session } from '../session/session.js'
import type { TestRefresh, TestSession, TestTokenAnswer, TestUser } from './test-auth.js'
import { toTestError } from './test-error.js'
import { toTestSession, toTestUser } from './test-session.js'

/** Seconds before expiry at which a refresh falls due, as by default in production. */
const REFRESH_BEFORE = 60

/** The reason that the app sees, where a refused refresh does not count as a revocation. */
const ENDINGS: Partial<Record<SpatioAuthErrorCode, UnauthenticatedReason>> = {
  session_expired: 'expired',
  refresh_reuse_suspected: 'expired',
  subject_changed: 'user-changed',
}

/** The session of a test client, over the state and the events of the real one. */
export interface TestClient {
  readonly view: StateView
  readonly hub: EventHub
  readonly current: () => Session | null
  /** ms until the access token expires; null without a session. */
  readonly remaining: () => number | null
  readonly begin: (session: TestSession) => void
  readonly end: (reason: UnauthenticatedReason, code: SpatioAuthErrorCode | null) => void
  readonly setLoading: () => void
  readonly fail: (error: SpatioAuthError) => void
  /** @throws what the answer of `onToken` throws; an error that is not retryable has ended the session then */
  readonly refresh: (trigger: RefreshTrigger, claims?: Partial<TestUser>) => Session
  readonly tick: (ms: number) => void
  readonly onToken: (answer: (refresh: TestRefresh) => string | TestTokenAnswer) => void
}

interface Inside {
  readonly view: StateView
  readonly hub: EventHub
  session: Session | null
  now: number
  sessions: number
  refreshes: number
  answer: (refresh: TestRefresh) => string | TestTokenAnswer
}

export function createTestClient(startsAt: number): TestClient {
  const hub = createEventHub(() => inside.now)
  const counters = { sessions: 0, refreshes: 0, answer: nextToken }
  const inside: Inside = { view: createStateView(hub.emit), hub, session: null, now: startsAt, ...counters }
  const { view } = inside
  return {
    view,
    hub,
    current: () => inside.session,
    remaining: () => remaining(inside),
    begin: (session) => begin(inside, session),
    end: (reason, code) => end(inside, reason, code),
    setLoading: () => {
      inside.session = null
      view.state.set(LOADING)
      hub.emit('state_changed', { status: 'loading' })
    },
    fail: (error) => {
      if (inside.session === null) view.showError(error)
      else view.showSession(inside.session, error)
    },
    refresh: (trigger, claims) => refresh(inside, trigger, claims ?? {}),
    tick: (ms) => tick(inside, ms),
    onToken: (answer) => void (inside.answer = answer),
  }
}

function begin(inside: Inside, { expiresIn = 3600, ...given }: TestSession): void {
  const earlier = inside.session
  inside.sessions += 1
  const session = toTestSession({ ...given, expiresIn }, `session-${inside.sessions}`, inside.now)
  inside.session = session
  inside.view.showSession(session, null)
  inside.hub.emit('signed_in', { scopes: session.scope.split(' ') })
  if (earlier !== null && earlier.user.sub !== session.user.sub) inside.hub.emit('user_changed', {})
}

function end(inside: Inside, reason: UnauthenticatedReason, code: SpatioAuthErrorCode | null): void {
  inside.session = null
  inside.view.showSignedOut(reason)
  inside.hub.emit('signed_out', { reason, code })
}

function refresh(inside: Inside, trigger: RefreshTrigger, claims: Partial<TestUser>): Session {
  const { session, view, hub } = inside
  if (session === null) throw toTestError('not_authenticated')
  hub.emit('refresh_started', { trigger })
  view.showActivity({ isRefreshing: true })
  try {
    inside.refreshes += 1
    const answer = inside.answer({ trigger, count: inside.refreshes })
    const { accessToken, user: changed }: TestTokenAnswer =
      typeof answer === 'string' ? { accessToken: answer } : answer
    const user = toTestUser({ ...session.user, ...changed, ...claims })
    const renewed = { ...session, accessToken, user, receivedAt: inside.now }
    inside.session = renewed
    view.showSession(renewed, null)
    hub.emit('refreshed', { expiresAt: view.activity.get().expiresAt, adopted: false })
    return renewed
  } catch (error) {
    if (error instanceof SpatioAuthError) settleFailure(inside, session, error)
    throw error
  } finally {
    view.showActivity({ isRefreshing: false })
  }
}

/** A refusal ends the session, or its expiry does; what may succeed later only leaves a note (as in production). */
function settleFailure(inside: Inside, session: Session, error: SpatioAuthError): void {
  const { code, retryable } = error
  const isExpired = remaining(inside) === 0
  inside.hub.emit('refresh_failed', { code, retryable })
  if (retryable && isExpired) return inside.view.showSession(session, error)
  if (code === 'refresh_rejected' && isExpired) return end(inside, 'expired', code)
  if (retryable || code === 'refresh_rejected') return
  end(inside, ENDINGS[code] ?? 'revoked', code)
}

function tick(inside: Inside, ms: number): void {
  inside.now += ms
  const left = remaining(inside)
  if (inside.session === null || left === null || left > refreshLead(inside.session, REFRESH_BEFORE)) return
  try {
    refresh(inside, 'schedule', {})
  } catch (error) {
    // Told by state and events; a mistake of the test itself is not hidden.
    if (!(error instanceof SpatioAuthError)) throw error
  }
}

function remaining({ session, now }: Inside): number | null {
  return session === null ? null : remainingLifetime(session, { now, heldFor: null })
}

function nextToken({ count }: TestRefresh): string {
  return `tok_test_${count + 1}`
}
