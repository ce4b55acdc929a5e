// The plain entry: no 'use client' here, so that a server module may call createSpatioAuth and read the types,
// while the hooks and components below stay client references.
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
export type { AuthActions, AuthWithActions } from './auth-with-actions.js'
export { RequireAuth, type RequireAuthProps } from './require-auth.js'
export { SignedIn, type SignedInProps } from './signed-in.js'
export { SignedOut, type SignedOutProps } from './signed-out.js'
export { SpatioAuthProvider, type SpatioAuthProviderProps } from './spatio-auth-provider.js'
export { useSpatioAuth } from './use-spatio-auth.js'
export { useSpatioAuthActivity } from './use-spatio-auth-activity.js'
export { useSpatioAuthClient } from './use-spatio-auth-client.js'
export { useUser } from './use-user.js'
export { withAuthenticationRequired } from './with-authentication-required.js'
