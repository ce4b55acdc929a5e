import type { HttpBindings } from '@hono/node-server'
import { TransportError } from './faults/transport-error.js'
import { toResponse, type Answer } from './pipeline/answer.js'
import type { RequestHandler } from './request-handler.js'

// Tells the adapter to leave the wire alone.
const alreadySent = new Response(null, { headers: { 'x-hono-already-sent': 'true' } })

/** Answers, or ends the connection without an answer when a fault says so. */
export async function answerOrHangUp(
  handler: RequestHandler,
  request: Request,
  env: HttpBindings,
): Promise<Response> {
  try {
    return await handler(request, {
      ip: getRemoteAddress(env),
      send: (answer) => sendAnswer(answer, env),
    })
  } catch (error) {
    const { socket } = env.incoming
    // A TLS socket knows no reset of its own.
    const canReset = !('encrypted' in socket)
    if (canReset && error instanceof TransportError && error.isReset) socket.resetAndDestroy()
    else env.outgoing.destroy()
    return alreadySent
  }
}

/** Writes bytes at once: as a `Response` they would be made a stream, and read back from it. */
function sendAnswer(answer: Answer, { outgoing }: HttpBindings): Response {
  const { status, headers, body } = answer
  if (body instanceof ReadableStream) return toResponse(answer)
  outgoing.statusCode = status
  // Not setHeaders: HTTP/2, which Vite speaks behind its HTTPS, has none.
  for (const [name, value] of headers) {
    outgoing.setHeader(name, name === 'set-cookie' ? headers.getSetCookie() : value)
  }
  outgoing.end(body)
  return alreadySent
}

function getRemoteAddress(env: HttpBindings): string {
  return env.incoming.socket.remoteAddress ?? '127.0.0.1'
}
