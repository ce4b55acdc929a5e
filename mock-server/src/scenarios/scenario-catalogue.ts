import type { Authority } from '../authority.js'
import type { Expectation } from '../faults/fault.js'
import type { FaultRequest } from '../faults/fault-order.js'
import type { Duration } from '../mock-clock.js'

/** One of the faults a scenario is made of. */
export interface ScenarioFault extends Partial<FaultRequest> {
  name: FaultRequest['name']
  /** Whether a client may do without ever meeting it. @default false */
  isOptional?: boolean
}

/** Several steps of a real mishap, over the same engine as the single faults. */
export interface Scenario<P extends object = object> {
  summary: string
  /** What happens, step by step. */
  steps: readonly string[]
  expect: Expectation
  /** The case of the client's list whose outcome is the expectation. */
  case?: string
  /** What it can be told, with the values it has unless told. */
  defaults: P
  /** What has happened before the next request. */
  begin?(authority: Authority, parameters: P): void
  faults(parameters: P): ScenarioFault[]
}

type None = Record<never, never>

/** Every scenario by its name. */
export interface ScenarioCatalogue {
  'keys.rotated-while-signed-in': Scenario<None>
  'session.asleep': Scenario<{ by: Duration }>
  /** `ms`: how long it lasts, by the authority's clock. `retryAfter`: seconds. */
  'provider.deploy': Scenario<{ ms: number; retryAfter: number }>
  'refresh.race': Scenario<{ hold: number; ms: number }>
  'refresh.answer-lost': Scenario<None>
  'user.disabled': Scenario<{ sub: string }>
  'consent.withdrawn': Scenario<{ sub: string; clientId: string }>
  'cookies.third-party-blocked': Scenario<None>
  'tabs.sign-out-during-refresh': Scenario<{ ms: number }>
  'sign-in.callbacks-reversed': Scenario<{ hold: number; ms: number }>
  'callback.back-button': Scenario<None>
  'discovery.moved': Scenario<None>
  /** `requests`: how many it answers before the network is free. */
  'network.captive-portal': Scenario<{ requests: number }>
  'registration.quota-used-up': Scenario<{ ip: string }>
}

/** Mishaps of several steps. */
export const scenarioCatalogue: ScenarioCatalogue = {
  'keys.rotated-while-signed-in': {
    summary: 'the keys are rotated while somebody is signed in',
    steps: ['a refresh is answered with an id_token of a new key', 'the set has it, and the old one too'],
    expect: 'tolerate',
    case: 'JWK-01',
    defaults: {},
    faults: () => [{ name: 'jwks.rotated', match: { grant: 'refresh_token' } }],
  },
  'session.asleep': {
    summary: 'a laptop sleeps past the end of its access token',
    steps: ['time jumps', 'the access token is refused', 'the refresh token still works'],
    expect: 'keep-session',
    case: 'REF-16',
    defaults: { by: '8h' },
    faults: ({ by }) => [{ name: 'clock.jump-forward', parameters: { by } }],
  },
  'provider.deploy': {
    summary: 'the authority is deployed: minutes of 503, then all is well',
    steps: ['every endpoint answers 503 with Retry-After', 'the time is over', 'everything works'],
    expect: 'keep-session',
    case: 'REF-11',
    defaults: { ms: 300_000, retryAfter: 5 },
    faults: (parameters) => [{ name: 'http.outage', parameters: { ...parameters } }],
  },
  'refresh.race': {
    summary: 'two tabs refresh at the same moment',
    steps: ['refreshes are held', 'all are let go at once'],
    expect: 'tolerate',
    case: 'REF-03',
    defaults: { hold: 2, ms: 1_000 },
    faults: (parameters) => [{ name: 'refresh.race', parameters: { ...parameters } }],
  },
  'refresh.answer-lost': {
    summary: 'the answer of a refresh is lost on a train',
    steps: ['the refresh token is rotated', 'the answer does not arrive', 'the old token is used up'],
    expect: 'end-session',
    case: 'REF-07',
    defaults: {},
    faults: () => [{ name: 'refresh.rotated-response-lost' }],
  },
  'user.disabled': {
    summary: 'a user is disabled during a session',
    steps: ['sessions and tokens end', 'a refresh is answered access_denied'],
    expect: 'end-session',
    defaults: { sub: 'usr_mira' },
    begin: ({ loginSessions, grants }, { sub }) => {
      loginSessions.endAllOf(sub)
      grants.revokeAllOf({ sub })
    },
    faults: () => [{ name: 'refresh.access_denied-user-disabled', isOptional: true }],
  },
  'consent.withdrawn': {
    summary: 'a user withdraws the consent elsewhere',
    steps: ['the grant and its tokens end', 'silent sign-in is answered consent_required'],
    expect: 'end-session',
    case: 'REF-09',
    defaults: { sub: 'usr_mira', clientId: 'demo-app' },
    begin: ({ consents, grants }, { sub, clientId }) => {
      consents.withdraw(sub, clientId)
      grants.revokeAllOf({ sub, clientId })
    },
    faults: () => [],
  },
  'cookies.third-party-blocked': {
    summary: 'the browser blocks third-party cookies',
    steps: ['silent sign-in finds nobody', 'the redirect works'],
    expect: 'keep-session',
    case: 'IFR-02',
    defaults: {},
    faults: () => [{ name: 'cookie.blocked' }],
  },
  'tabs.sign-out-during-refresh': {
    summary: 'one tab signs out while another refreshes',
    steps: ['a refresh is done and its answer held', 'the revocation is answered', 'the answer arrives late'],
    expect: 'end-session',
    case: 'REF-30',
    defaults: { ms: 5_000 },
    faults: (parameters) => [{ name: 'refresh.overtaken-by-revocation', parameters: { ...parameters } }],
  },
  'sign-in.callbacks-reversed': {
    summary: 'sign-in is started twice, and the answers come in reverse order',
    steps: ['the first answer is held', 'the second leaves', 'the first follows'],
    expect: 'tolerate',
    case: 'REQ-07',
    defaults: { hold: 2, ms: 5_000 },
    faults: (parameters) => [{ name: 'cb.reversed', parameters: { ...parameters } }],
  },
  'callback.back-button': {
    summary: 'the back button leads onto a used callback URL',
    steps: ['a sign-in is answered', 'the next one gets the same answer again'],
    expect: 'reject',
    case: 'CB-22',
    defaults: {},
    faults: () => [{ name: 'cb.repeated' }],
  },
  'discovery.moved': {
    summary: 'the token endpoint moves while somebody is signed in',
    steps: ['the metadata names another path', 'the old path answers 404'],
    expect: 'either',
    case: 'DISC-16',
    defaults: {},
    faults: () => [
      { name: 'disc.changed-mid-session', match: { times: 'always' }, isOptional: true },
      {
        name: 'http.status',
        parameters: { status: 404, error: 'not_found' },
        match: { path: '/oauth2/token', times: 'always' },
        isOptional: true,
      },
    ],
  },
  'network.captive-portal': {
    summary: 'a captive portal answers everything until somebody signs in to the network',
    steps: ['a page with status 200 answers', 'the network is free'],
    expect: 'keep-session',
    case: 'DISC-05',
    defaults: { requests: 3 },
    faults: ({ requests }) => [{ name: 'http.captive-portal', match: { times: requests } }],
  },
  'registration.quota-used-up': {
    summary: 'the registrations of the hour are used up, as by a busy CI',
    steps: ['ten registrations have come from the address', 'the next is answered 429 with Retry-After'],
    expect: 'show-error',
    defaults: { ip: '127.0.0.1' },
    begin: ({ registrationLimit }, { ip }) => {
      while (registrationLimit.take(ip) === undefined);
    },
    faults: () => [],
  },
}
