export { createSpatioAuth, SpatioAuthError } from '@spatio-labs/auth'
export type {
  AccessTokenOptions,
  Activity,
  Authenticated,
  AuthState,
  Failed,
  Loading,
  Register,
  RequireUserOptions,
  SignInOptions,
  SpatioAuth,
  SpatioAuthErrorCode,
  SpatioAuthEvent,
  SpatioAuthEventType,
  SpatioAuthOptions,
  Unauthenticated,
  UnauthenticatedReason,
  User,
} from '@spatio-labs/auth'
export { setSpatioAuth, SPATIO_AUTH_CONTEXT, useSpatioAuth } from './context.js'
export { spatioAuth, type SpatioAuthSvelte } from './spatio-auth.js'
