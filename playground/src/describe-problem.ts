import { SpatioAuthError, type SpatioAuthErrorCode } from '@spatio-labs/auth'

/** What happened and what to do, for a person. */
interface Problem {
  readonly title: string
  readonly advice: string
  /** The button that helps. */
  readonly remedy: 'sign-in' | 'retry' | null
  /** Nothing is wrong: the user chose this. */
  readonly isCalm: boolean
  /** For a developer: the code and where it arose. */
  readonly fact: string
}

type Text = Omit<Problem, 'fact' | 'isCalm'> & { readonly isCalm?: true }

const OFFLINE: Text = {
  title: 'Spatio did not answer',
  advice: 'Check the connection and that the mock server is running, then try again. Nothing was lost.',
  remedy: 'retry',
}
const DENIED: Text = {
  title: 'You did not allow access',
  advice: 'That is fine: nothing was shared. Sign in again whenever you change your mind.',
  remedy: 'sign-in',
  isCalm: true,
}
const STRANGE: Text = {
  title: 'This sign-in link is not yours to use',
  advice: 'It did not start in this tab, is old, or was used before, so it was ignored.',
  remedy: 'sign-in',
}
const EXPIRED: Text = {
  title: 'That took a little too long',
  advice: 'A sign-in has to be finished within ten minutes. Start it again.',
  remedy: 'sign-in',
}
const LIMITED: Text = {
  title: 'The browser stores nothing for this page',
  advice: 'Allow site data (cookies) for it, then try again.',
  remedy: null,
}

/** Not of the client: a part of this page that did not load, or a request of its own. */
const FOREIGN: Text = {
  title: 'That did not work',
  advice: 'Try it again; load the page anew if that does not help.',
  remedy: null,
}

const BY_CODE: Partial<Record<SpatioAuthErrorCode, Text>> = {
  discovery_failed: OFFLINE,
  token_request_failed: { ...OFFLINE, title: 'Spatio gave no usable answer', remedy: 'sign-in' },
  // The code is spent by then: only a new sign-in helps.
  jwks_fetch_failed: { ...OFFLINE, remedy: 'sign-in' },
  timeout: OFFLINE,
  engine_load_failed: {
    title: 'A part of this page did not load',
    advice: 'Sign-in needs it. Check the connection and try again; reload the page if that does not help.',
    remedy: 'retry',
  },
  refresh_transient: { ...OFFLINE, title: 'The session could not be refreshed just now' },
  state_mismatch: STRANGE,
  state_missing: STRANGE,
  state_replayed: STRANGE,
  transaction_expired: EXPIRED,
  storage_unavailable: LIMITED,
  storage_quota: LIMITED,
  popup_blocked: {
    title: 'The browser opened no window',
    advice: 'Allow popups for this page, or sign in without one.',
    remedy: 'sign-in',
  },
  popup_closed: {
    title: 'You closed the window',
    advice: 'Nothing has changed. Open it again whenever you like.',
    remedy: null,
    isCalm: true,
  },
  popup_timeout: { ...EXPIRED, remedy: null },
  interaction_in_progress: {
    title: 'A sign-in is open already',
    advice: 'Its window is in front now. Finish or close it first.',
    remedy: null,
    isCalm: true,
  },
  navigation_cancelled: {
    title: 'The sign-in was not finished',
    advice:
      'You came back without an answer, or the browser stopped on the way. Try again whenever you like.',
    remedy: 'sign-in',
    isCalm: true,
  },
  login_loop_detected: {
    title: 'Sign-in keeps coming back',
    advice: 'Three sign-ins started within a minute. Wait a moment, then try once more.',
    remedy: 'sign-in',
  },
  framed: {
    title: 'Sign-in does not run inside a frame',
    advice: 'Open this page in a tab of its own.',
    remedy: null,
  },
  not_authenticated: { title: 'You are signed out', advice: 'Sign in and do that again.', remedy: 'sign-in' },
  session_expired: { title: 'Your session has ended', advice: 'Sign in again to go on.', remedy: 'sign-in' },
}

/** Anything thrown, as something a person can act on. */
export function describeProblem(error: unknown): Problem {
  if (!(error instanceof SpatioAuthError)) return { isCalm: false, ...FOREIGN, fact: toFact(error) }
  const text = error.oauth?.error === 'access_denied' ? DENIED : toText(error)
  const oauth = error.oauth ? ` · Spatio said ${error.oauth.error}` : ''
  return { isCalm: false, ...text, fact: `${error.code} · ${error.phase}${oauth}` }
}

function toText(error: SpatioAuthError): Text {
  const known = BY_CODE[error.code]
  if (known) return known
  return {
    title: 'That did not work',
    advice: error.retryable
      ? 'It may work in a moment. Try again.'
      : 'The answer did not pass every check, so it was not used. Sign in again.',
    remedy: error.retryable ? 'retry' : 'sign-in',
  }
}

function toFact(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown'
}
