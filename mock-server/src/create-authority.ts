import type { Authority } from './authority.js'
import type { FaultEngine } from './faults/fault-engine.js'
import { createFaultPicker } from './faults/fault-picker.js'
import { createWatch } from './findings/watch.js'
import { createPlatformKeyGenerator, createSeededKeyGenerator } from './keys/key-generator.js'
import { createKeyRing } from './keys/key-ring.js'
import { createMockClock } from './mock-clock.js'
import type { ResolvedMockServerOptions } from './mock-server-options.js'
import { createRequestLog } from './pipeline/request-log.js'
import { createAuthorizationCodeStore } from './stores/authorization-code-store.js'
import { createClientStore } from './stores/client-store.js'
import { createConsentStore } from './stores/consent-store.js'
import { createGrantStore, type GrantLifetimes } from './stores/grant-store.js'
import { createLoginSessionStore } from './stores/login-session-store.js'
import { createPersonalAccessTokenStore } from './stores/personal-access-token-store.js'
import { createRegistrationLimit } from './stores/registration-limit.js'
import { createSignInRequestStore } from './stores/sign-in-request-store.js'
import { createUserStore } from './stores/user-store.js'

/** What an issuer under faults has in common with the one above it: who there is, and the log. */
export type SharedParts = Partial<
  Pick<Authority, 'users' | 'clients' | 'personalAccessTokens' | 'registrationLimit' | 'log' | 'watch'>
>

/** An authority of its own; what is `shared` belongs to another one. */
export function createAuthority(
  options: ResolvedMockServerOptions,
  issuer: () => string,
  engine: FaultEngine,
  shared: SharedParts = {},
): Authority {
  const { ids, random, subtle, seededRandom, state } = options
  const clock = createMockClock(options.clock, state?.clockOffset)
  const generateKey = seededRandom
    ? createSeededKeyGenerator(seededRandom.source)
    : createPlatformKeyGenerator(subtle)
  const { loginSessionLifetime, authorizationRequestLifetime, authorizationCodeLifetime } = options
  const authority: Authority = {
    options,
    issuer,
    clock,
    keys: createKeyRing({ clock, subtle, generateKey }, options.idTokenLifetime, state?.keys),
    users: createUserStore(options.users),
    clients: createClientStore(options.clients, Object.keys(options.scopes).join(' ')),
    loginSessions: createLoginSessionStore(clock, ids, loginSessionLifetime, state?.loginSessions),
    signInRequests: createSignInRequestStore(
      { clock, ids, random },
      authorizationRequestLifetime,
      state?.signInRequests,
    ),
    consents: createConsentStore(state?.consents),
    codes: createAuthorizationCodeStore(clock, ids, authorizationCodeLifetime, state?.codes),
    grants: createGrantStore(clock, ids, toGrantLifetimes(options), state?.grants),
    personalAccessTokens: createPersonalAccessTokenStore(clock, ids, options.personalAccessTokens),
    registrationLimit: createRegistrationLimit(clock, state?.registrations),
    pipeline: engine.pipeline,
    faultPicker: options.faultPicker ? createFaultPicker(engine) : undefined,
    log: createRequestLog(),
    watch: createWatch(() => authority),
    movedPaths: new Map(),
    wait: options.wait,
    ...shared,
  }
  return authority
}

function toGrantLifetimes(options: ResolvedMockServerOptions): GrantLifetimes {
  return {
    accessToken: options.accessTokenLifetime,
    refreshToken: options.refreshTokenLifetime,
    refreshTokenIdle: options.refreshTokenIdleLifetime,
  }
}
