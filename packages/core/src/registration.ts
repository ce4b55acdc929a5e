export { registerClient } from './protocol/client-registration.js'
export type {
  ClientMetadata,
  GrantType,
  RegisteredClient,
  RegistrationOptions,
  TokenEndpointAuthMethod,
} from './protocol/client-registration.js'
export type { SpatioAuthErrorCode } from './error-code.js'
export { SpatioAuthError } from './errors.js'
export type { OAuthError, SpatioAuthErrorPhase } from './errors.js'
