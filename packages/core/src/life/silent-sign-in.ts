import { requireRelayUri } from '../validate-options.js'
import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import type { AuthState } from '../session/auth-state.js'
import { authorizeInFrame } from './silent-authorization.js'
import { finishInPlace } from './callback.js'
import type { ClientContext } from './client-context.js'
import { withSignal } from './with-signal.js'
import { toInvalidOption, toRefusedRequest } from './refused-request.js'
import { toAuthorizationRequest } from './redirect-sign-in.js'
import type { SignInOptions } from '../client/spatio-auth.js'

export interface SilentSignIn {
  readonly run: (options: SignInOptions) => Promise<AuthState>
  readonly close: () => void
}

interface OpenFrame {
  readonly key: string
  readonly controller: AbortController
  readonly result: Promise<AuthState>
  waiting: number
}

/** Asks in a hidden frame; who asks the same at the same time waits for the same frame. */
export function createSilentSignIn(context: ClientContext): SilentSignIn {
  let open: OpenFrame | null = null
  const forget = (frame: OpenFrame): void => {
    if (open === frame) open = null
  }
  const start = (key: string, request: AuthorizationRequest): OpenFrame => {
    const controller = new AbortController()
    const result = ask(context, request, controller.signal)
    const frame = { key, controller, result, waiting: 0 }
    // Who waits may be gone by the time it fails.
    result.finally(() => forget(frame)).catch(() => undefined)
    return frame
  }
  return {
    run: async (options) => {
      const { signal, prompt = 'none' } = options
      if (prompt !== 'none') throw toInvalidOption('a frame has no user: prompt is not none')
      const relayUri = requireRelayUri(context.options, context.environment.location.origin)
      const request = toAuthorizationRequest(context, { ...options, prompt }, relayUri)
      const key = JSON.stringify([request.scope, request.maxAge])
      while (open !== null && open.key !== key) await open.result.catch(() => undefined)
      const frame = (open ??= start(key, request))
      frame.waiting++
      return withSignal(frame.result, signal, 'authorization_request').finally(() => {
        frame.waiting--
        if (frame.waiting > 0) return
        // Nobody may join a frame that is on its way out.
        forget(frame)
        frame.controller.abort(toRefusedRequest('aborted'))
      })
    },
    close: () => open?.controller.abort(toRefusedRequest('client_disposed')),
  }
}

async function ask(
  context: ClientContext,
  request: AuthorizationRequest,
  signal: AbortSignal,
): Promise<AuthState> {
  const generation = context.generation()
  return finishInPlace(context, await authorizeInFrame(context, request, signal), generation)
}
