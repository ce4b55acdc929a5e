import type { AuthorizationRequest } from '../protocol/authorization-request.js'
import type { SignInResult } from '../protocol/authorization-response.js'
import type { AuthorizationContext } from './authorization-context.js'
import { waitForRelayedResponse, type RelayWait } from './relayed-response.js'

/** A window beside the page that is on its way to the authority: a popup, or a hidden frame. */
export interface WindowBeside extends Pick<RelayWait, 'source' | 'timeout' | 'toLateError' | 'watch'> {
  readonly close: () => void
}

/**
 * Sends a window beside the page to the authority and waits for what its relay page hands back; the window is closed,
 * and the transaction forgotten, on every way out.
 */
export async function authorizeBeside(
  context: AuthorizationContext,
  request: AuthorizationRequest,
  signal: AbortSignal,
  open: (url: string) => WindowBeside,
): Promise<SignInResult> {
  const engine = await context.loadEngine()
  const url = await engine.createAuthorizationRequest(request)
  const state = new URL(url).searchParams.get('state') ?? ''
  let beside: WindowBeside | null = null
  try {
    beside = open(url)
    const query = await waitForRelayedResponse(context, { ...beside, state, signal })
    beside.close()
    return await engine.processAuthorizationResponse(query)
  } finally {
    beside?.close()
    await engine.removeTransaction(state)
  }
}
