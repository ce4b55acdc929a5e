import type { Engine } from '../engine.js'
import type { ClientContext } from './client-context.js'

/** What a sign-in beside the page, in a popup or a frame, needs of the client. */
export interface AuthorizationContext extends Pick<ClientContext, 'options' | 'environment' | 'emit'> {
  readonly loadEngine: () => Promise<
    Pick<Engine, 'createAuthorizationRequest' | 'processAuthorizationResponse' | 'removeTransaction'>
  >
}
