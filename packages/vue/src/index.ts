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
export { createAuthGuard, type AuthGuardOptions } from './create-auth-guard.js'
export { createSpatioAuthPlugin } from './create-spatio-auth-plugin.js'
export { RequireAuth } from './require-auth.js'
export { SignedIn } from './signed-in.js'
export { SignedOut } from './signed-out.js'
export { SPATIO_AUTH } from './injection-key.js'
export type { SpatioAuthVue } from './spatio-auth-vue.js'
export { useSpatioAuth } from './use-spatio-auth.js'
