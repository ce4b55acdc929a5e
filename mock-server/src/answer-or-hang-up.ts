import type { HttpBindings } from '@hono/node-server'
import { TransportError } from './faults/transport-error.js'
import type { RequestHandler } from './request-handler.js'

/** Answers, or ends the connection without an answer when a fault says so. */
export async function answerOrHangUp(
  handler: RequestHandler,
  request: Request,
  env: HttpBindings,
): Promise<Response> {
  try {
    return await handler(request, { ip: getRemoteAddress(env) })
  } catch (error) {
    const { socket } = env.incoming
    // A TLS socket knows no reset of its own.
    const canReset = !('encrypted' in socket)
    if (canReset && error instanceof TransportError && error.isReset) socket.resetAndDestroy()
    else env.outgoing.destroy()
    return new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  }
}

function getRemoteAddress(env: HttpBindings): string {
  return env.incoming.socket.remoteAddress ?? '127.0.0.1'
}
