import type { SpatioAuthErrorCode } from './error-code.js'
import type { AuthState, UnauthenticatedReason } from './session/auth-state.js'

/** The authority's endpoints, as `request` events name them. `clock` is the same-origin HEAD of the clock rule. */
export type EndpointName =
  | 'discovery'
  | 'jwks'
  | 'token'
  | 'userinfo'
  | 'introspection'
  | 'registration'
  | 'revocation'
  | 'connected_apps'
  | 'clock'

/** Every event's detail, by name. Redacted: no code, token, verifier, header, body or URL with a query. */
export interface SpatioAuthEventMap {
  state_changed: {
    readonly status: AuthState['status']
    readonly reason?: UnauthenticatedReason
    readonly code?: SpatioAuthErrorCode
  }
  sign_in_started: { readonly scope: string }
  callback_received: { readonly outcome: 'code' | 'error' }
  signed_in: { readonly scopes: readonly string[] }
  user_changed: Record<never, never>
  refresh_started: { readonly trigger: RefreshTrigger }
  refreshed: { readonly expiresAt: number | null; readonly adopted: boolean }
  refresh_failed: { readonly code: SpatioAuthErrorCode; readonly retryable: boolean }
  /** `at` is the due time in ms since the epoch. */
  refresh_scheduled: { readonly dueAt: number }
  signed_out: { readonly reason: UnauthenticatedReason; readonly code: SpatioAuthErrorCode | null }
  request: {
    readonly endpoint: EndpointName
    readonly method: string
    readonly status: number | null
    readonly durationMs: number
  }
  jwks_refetched: Record<never, never>
  /** Seconds to add to this device's clock. */
  clock_offset: { readonly seconds: number }
  storage_degraded: { readonly code: SpatioAuthErrorCode }
  tab_message: { readonly kind: 'session_changed' | 'signed_out' | 'hand_over_request' | 'hand_over' }
  warning: { readonly code: SpatioAuthErrorCode }
}

/** What made a refresh start. */
export type RefreshTrigger = 'restore' | 'schedule' | 'demand' | 'forced' | 'unauthorized'

/** The name of an event. */
export type SpatioAuthEventType = keyof SpatioAuthEventMap

/** One event: its name, when it happened (ms since the epoch) and its detail. */
export type SpatioAuthEvent<Type extends SpatioAuthEventType = SpatioAuthEventType> = {
  [Name in Type]: { readonly type: Name; readonly at: number } & SpatioAuthEventMap[Name]
}[Type]

export type Emit = <Type extends SpatioAuthEventType>(type: Type, detail: SpatioAuthEventMap[Type]) => void
