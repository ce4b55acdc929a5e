import { SpatioAuthError } from '../errors.js'
import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import type { SignInResult } from '../protocol/authorization-response.js'
import { authorizeBeside } from './authorization-beside.js'
import type { AuthorizationContext } from './authorization-context.js'
import { toRefusedRequest } from './refused-request.js'

/** The longest wait for a frame (ms): one that shows a page, or may not, never answers. */
const LONGEST_WAIT = 10_000
/** How often to look whether the page has taken the frame away (ms). */
const LOOK_INTERVAL = 200

/**
 * Asks the authority in a hidden frame who is signed in there (`prompt=none`, OIDC Core 3.1.2.1); the frame is
 * removed on every way out.
 * @throws SpatioAuthError `silent_timeout`, `aborted` when the page removed the frame, the signal's reason, and those
 * of an authorization request
 */
export async function authorizeInFrame(
  context: AuthorizationContext,
  request: AuthorizationRequest,
  signal: AbortSignal,
): Promise<SignInResult> {
  const { options, environment } = context
  return authorizeBeside(context, request, signal, (url) => {
    const frame = environment.openFrame(url)
    return {
      source: frame.window,
      timeout: Math.min(LONGEST_WAIT, options.requestTimeout * 1000),
      toLateError: () =>
        new SpatioAuthError('silent_timeout', { phase: 'authorization_request', retryable: true }),
      watch: (end) => {
        let cancel: () => void = () => undefined
        const look = (): void => {
          if (frame.isAttached()) cancel = environment.setTimer(look, LOOK_INTERVAL)
          else end(toRefusedRequest('aborted'))
        }
        look()
        return () => cancel()
      },
      close: frame.remove,
    }
  })
}
