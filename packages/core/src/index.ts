export { createSpatioAuth } from './client/create-spatio-auth.js'
export type {
  AccessTokenOptions,
  RequireUserOptions,
  SignIn,
  SignInOptions,
  SpatioAuth,
} from './client/spatio-auth.js'
export type { SpatioAuthErrorCode } from './error-code.js'
export { SpatioAuthError } from './errors.js'
export type { OAuthError, SpatioAuthErrorInit, SpatioAuthErrorPhase } from './errors.js'
export type {
  EndpointName,
  RefreshTrigger,
  SpatioAuthEvent,
  SpatioAuthEventMap,
  SpatioAuthEventType,
} from './events.js'
export type { Introspection } from './introspection.js'
export type { SessionStorage, SpatioAuthOptions } from './options.js'
export type {
  Activity,
  Authenticated,
  AuthState,
  Failed,
  Loading,
  Register,
  SpatioClaims,
  Unauthenticated,
  UnauthenticatedReason,
  User,
} from './session/auth-state.js'
export { IDLE_ACTIVITY } from './session/idle-activity.js'
export { toGate, type Gate } from './session/gate.js'
