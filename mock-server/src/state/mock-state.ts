import type { KeyRingState } from '../keys/key-ring.js'
import { MockServerError } from '../mock-server-error.js'
import type { SeededRandomState } from '../seeded-random.js'
import type { AuthorizationCode } from '../stores/authorization-code-store.js'
import type { RegisteredClient } from '../stores/client-store.js'
import type { Consent } from '../stores/consent-store.js'
import type { GrantState } from '../stores/grant-state.js'
import type { LoginSession } from '../stores/login-session-store.js'
import type { PersonalAccessToken } from '../stores/personal-access-token-store.js'
import type { RegistrationTimes } from '../stores/registration-limit.js'
import type { SignInRequestState } from '../stores/sign-in-request-store.js'
import type { MockUser } from '../stores/user-store.js'

/** What a state says it is, so that no other file passes for one. */
export const stateFormat = 'spatio-mock-server-state'

/** Changes whenever a state of the version before it could not be read any more. */
export const stateVersion = 1

/**
 * Everything a mock knows, as plain JSON: what a later start needs to go on where this one stopped. It holds
 * live tokens and private keys. Faults and the request log are not in it.
 */
export interface MockState {
  format: typeof stateFormat
  version: typeof stateVersion
  /** How far the clock was advanced, in milliseconds. */
  clockOffset: number
  /** Where the random source of the deterministic mode stands. */
  random?: SeededRandomState
  users: readonly MockUser[]
  clients: readonly RegisteredClient[]
  personalAccessTokens: readonly PersonalAccessToken[]
  loginSessions: readonly LoginSession[]
  signInRequests: SignInRequestState
  consents: readonly Consent[]
  codes: readonly AuthorizationCode[]
  grants: GrantState
  registrations: readonly RegistrationTimes[]
  keys: KeyRingState
}

/**
 * Refuses what is not a state of this version.
 *
 * @throws MockServerError `invalid_state`
 */
export function requireStateVersion(state: { format?: unknown; version?: unknown }): void {
  if (state.format !== stateFormat) {
    throw new MockServerError(
      'invalid_state',
      `This is not the state of a mock: format is not ${stateFormat}`,
    )
  }
  if (state.version !== stateVersion) {
    const found = JSON.stringify(state.version) ?? 'missing'
    throw new MockServerError(
      'invalid_state',
      `The state has version ${found}, this mock reads version ${stateVersion}`,
    )
  }
}
