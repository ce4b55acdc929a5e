import type { Authority } from '../authority.js'
import { stateFormat, stateVersion, type MockState } from './mock-state.js'

/** What an authority knows now. Nothing in it changes afterwards. */
export function toMockState(authority: Authority): MockState {
  const random = authority.options.seededRandom?.toState()
  return structuredClone({
    format: stateFormat,
    version: stateVersion,
    clockOffset: authority.clock.offset(),
    ...(random === undefined ? {} : { random }),
    users: authority.users.list(),
    clients: authority.clients.list(),
    personalAccessTokens: authority.personalAccessTokens.toState(),
    loginSessions: authority.loginSessions.toState(),
    signInRequests: authority.signInRequests.toState(),
    consents: authority.consents.toState(),
    codes: authority.codes.toState(),
    grants: authority.grants.toState(),
    registrations: authority.registrationLimit.toState(),
    keys: authority.keys.toState(),
  })
}
