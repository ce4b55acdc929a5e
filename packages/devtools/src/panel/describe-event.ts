import type { SpatioAuthEvent, SpatioAuthEventType } from '@spatio-labs/auth'
import { toClockTime } from './times.js'

type EventTone = 'quiet' | 'busy' | 'good' | 'bad'

/** One line of the time-line. */
interface EventLine {
  readonly title: string
  readonly detail: string
  readonly tone: EventTone
}

type Describers = { readonly [Type in SpatioAuthEventType]: (event: SpatioAuthEvent<Type>) => EventLine }

const TRIGGERS: Record<SpatioAuthEvent<'refresh_started'>['trigger'], string> = {
  restore: 'the restored token was too old',
  schedule: 'due before expiry',
  demand: 'a call needed a live token',
  forced: 'asked for by this page',
  unauthorized: 'the API answered 401',
}

const DESCRIBERS: Describers = {
  state_changed: (event) =>
    line('quiet', 'State', [event.status, event.reason, event.code].filter(Boolean).join(' · ')),
  sign_in_started: (event) => line('busy', 'Sign-in started', event.scope),
  callback_received: ({ outcome }) =>
    outcome === 'code'
      ? line('busy', 'Back from Spatio', 'with a code')
      : line('bad', 'Back from Spatio', 'with an error'),
  signed_in: (event) => line('good', 'Signed in', event.scopes.join(' ')),
  user_changed: () => line('good', 'User changed', 'a claim is different'),
  refresh_started: (event) => line('busy', 'Refresh started', TRIGGERS[event.trigger] ?? event.trigger),
  refreshed: (event) => line('good', 'Refreshed', toRefreshDetail(event)),
  refresh_failed: (event) =>
    line('bad', 'Refresh failed', `${event.code}${event.retryable ? ' · will retry' : ''}`),
  refresh_scheduled: (event) => line('quiet', 'Next refresh planned', `at ${toClockTime(event.dueAt)}`),
  signed_out: (event) =>
    line('quiet', 'Signed out', event.code ? `${event.reason} · ${event.code}` : event.reason),
  request: (event) =>
    line(isFailure(event) ? 'bad' : 'quiet', `${event.method} ${event.endpoint}`, toRequestDetail(event)),
  jwks_refetched: () => line('quiet', 'Keys fetched again', 'an unknown key id'),
  clock_offset: (event) => line('bad', 'This clock is off', `by ${Math.round(event.seconds)} s`),
  storage_degraded: (event) => line('bad', 'Storage is limited', event.code),
  tab_message: (event) => line('quiet', 'Heard from another tab', event.kind.replace('_', ' ')),
  warning: (event) => line('bad', 'Warning', event.code),
}

/** An entry kept from an earlier version of this page may have a type we no longer know. */
export function describeEvent(event: SpatioAuthEvent): EventLine {
  const describe = DESCRIBERS[event.type] as ((event: SpatioAuthEvent) => EventLine) | undefined
  return describe?.(event) ?? line('quiet', event.type, '')
}

function line(tone: EventTone, title: string, detail: string): EventLine {
  return { tone, title, detail }
}

function toRefreshDetail({ expiresAt, adopted }: SpatioAuthEvent<'refreshed'>): string {
  const until = expiresAt === null ? 'a new access token' : `good until ${toClockTime(expiresAt)}`
  return adopted ? `by another tab · ${until}` : until
}

/** The clock is read from any answer's `Date`, so that request cannot fail by its status. */
function isFailure({ endpoint, status }: SpatioAuthEvent<'request'>): boolean {
  return status === null || (status >= 400 && endpoint !== 'clock')
}

function toRequestDetail({ status, durationMs }: SpatioAuthEvent<'request'>): string {
  return `${status ?? 'no answer'} · ${Math.round(durationMs)} ms`
}
